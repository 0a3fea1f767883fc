/** The published samples use US Eastern daylight time. */
const EASTERN_MS = -4 * 60 * 60 * 1_000;

/** Adds microseconds, which the samples have and a Date does not. */
const micro = (text: string) => `${text.slice(0, 23)}498`;
const eastern = (date: Date) => new Date(date.getTime() + EASTERN_MS).toISOString();

/** The published time formats. */
export const TIMESTAMPS: Record<string, (date: Date) => string> = {
	/** `2014-07-02T14:32:23-04:00` */
	iso: (date) => `${eastern(date).slice(0, 19)}-04:00`,
	/** `2021-01-26T18:00:07.990498+00:00` */
	micro: (date) => `${micro(date.toISOString())}+00:00`,
	/** `2014-07-02T14:32:23-04`, which JavaScript's Date cannot parse. */
	short: (date) => `${eastern(date).slice(0, 19)}-04`,
	/** `2011-07-26 10:22:25.262743-04` */
	old: (date) => `${micro(eastern(date)).replace('T', ' ')}-04`,
	/** `2012-06-07 07:27:29` */
	bare: (date) => eastern(date).slice(0, 19).replace('T', ' '),
};

/** Writes a time. @throws Error if the format is unknown */
export function timestamp(format: string, date = new Date()): string {
	return lookUp(TIMESTAMPS, format, 'time format')(date);
}

/** Returns an entry of a table. @throws Error if there is none with this name */
export function lookUp<Entry>(table: Record<string, Entry>, name: string, what: string): Entry {
	if (Object.hasOwn(table, name)) return table[name];
	throw new Error(`There is no ${what} "${name}". Valid names: ${Object.keys(table).join(', ')}.`);
}
