/** What CDYNE is called in outputs. */

export const PROVIDER = 'cdyne';
