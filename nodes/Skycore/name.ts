/** What Skycore is called in outputs, its credential in n8n, and where it is reached. */

export const PROVIDER = 'skycore';

export const CREDENTIAL = 'skycoreApi';

export const BASE_URL = 'https://secure.skycore.com/API/wxml/1.3/index.php';
