/** What Wooxy is called in outputs, its credential in n8n, and where it is reached. */

export const PROVIDER = 'wooxy';

export const CREDENTIAL = 'wooxyApi';

export const BASE_URL = 'https://api.wooxy.com';
