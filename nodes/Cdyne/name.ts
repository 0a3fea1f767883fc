/** CDYNE's name in outputs, its credential type in n8n, and its default address. */

export const PROVIDER = 'cdyne';

export const CREDENTIAL = 'cdyneApi';

export const BASE_URL = 'https://messaging.esendex.us/Messaging.svc';
