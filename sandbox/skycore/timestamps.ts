/** The sources' samples are of the US east coast in summer. */
const EASTERN_MS = -4 * 60 * 60 * 1_000;

/** A Date has no microseconds, and the samples do. */
const micro = (text: string) => `${text.slice(0, 23)}498`;
const eastern = (date: Date) => new Date(date.getTime() + EASTERN_MS).toISOString();

/** The published forms of a time. */
export const TIMESTAMPS: Record<string, (date: Date) => string> = {
	/** `2014-07-02T14:32:23-04:00` */
	iso: (date) => `${eastern(date).slice(0, 19)}-04:00`,
	/** `2021-01-26T18:00:07.990498+00:00` */
	micro: (date) => `${micro(date.toISOString())}+00:00`,
	/** `2014-07-02T14:32:23-04`, which JavaScript's Date does not read. */
	short: (date) => `${eastern(date).slice(0, 19)}-04`,
	/** `2011-07-26 10:22:25.262743-04` */
	old: (date) => `${micro(eastern(date)).replace('T', ' ')}-04`,
	/** `2012-06-07 07:27:29` */
	bare: (date) => eastern(date).slice(0, 19).replace('T', ' '),
};

/** A time in one of those forms. @throws Error in plain words where there is no such form */
export function timestamp(form: string, date = new Date()): string {
	return choose(TIMESTAMPS, form, 'form of timestamps')(date);
}

/** The entry of a table that a setting names. @throws Error in plain words where there is none */
export function choose<Entry>(table: Record<string, Entry>, name: string, what: string): Entry {
	if (Object.hasOwn(table, name)) return table[name];
	throw new Error(`There is no ${what} "${name}". There are: ${Object.keys(table).join(', ')}.`);
}
