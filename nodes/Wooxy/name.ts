/** Wooxy's name in outputs, its credential type, and the default URL of its API. */

export const PROVIDER = 'wooxy';

export const CREDENTIAL = 'wooxyApi';

export const BASE_URL = 'https://api.wooxy.com';
