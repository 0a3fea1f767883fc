/** What Wooxy is called in outputs. */

export const PROVIDER = 'wooxy';
