/** What CDYNE is called in outputs, its credential in n8n, and where it is reached. */

export const PROVIDER = 'cdyne';

export const CREDENTIAL = 'cdyneApi';

export const BASE_URL = 'https://messaging.esendex.us/Messaging.svc';
