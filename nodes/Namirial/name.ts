/** Namirial's name in outputs, its credential types in n8n, and its default URLs. */

export const PROVIDER = 'namirial';

export const GATEWAY_CREDENTIAL = 'namirialSmsGatewayApi';
export const STATUS_CREDENTIAL = 'namirialSmsStatusApi';

export const GATEWAY_URL = 'https://sms.namirialtsp.com';
export const STATUS_URL = 'https://sms-apistatus.namirialtsp.com/api';
