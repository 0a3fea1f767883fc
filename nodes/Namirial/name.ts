/** What Namirial is called in outputs, its credentials in n8n, and where it is reached. */

export const PROVIDER = 'namirial';

export const GATEWAY_CREDENTIAL = 'namirialSmsGatewayApi';
export const STATUS_CREDENTIAL = 'namirialSmsStatusApi';

export const GATEWAY_URL = 'https://sms.namirialtsp.com';
export const STATUS_URL = 'https://sms-apistatus.namirialtsp.com/api';
