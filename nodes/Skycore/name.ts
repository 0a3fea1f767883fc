/** Skycore's name in outputs, its credential type, and the default URL of its API. */

export const PROVIDER = 'skycore';

export const CREDENTIAL = 'skycoreApi';

export const BASE_URL = 'https://secure.skycore.com/API/wxml/1.3/index.php';
