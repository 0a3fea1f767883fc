/** What Namirial is called in outputs, and its credentials in n8n. */

export const PROVIDER = 'namirial';

export const GATEWAY_CREDENTIAL = 'namirialSmsGatewayApi';

export const STATUS_CREDENTIAL = 'namirialSmsStatusApi';
