/** What Skycore is called in outputs. */

export const PROVIDER = 'skycore';
