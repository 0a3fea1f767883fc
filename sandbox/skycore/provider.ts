/** The mount path, and the value of every `provider` field. */
export const PROVIDER = 'skycore';
