import type { SmsMessage } from '../../nodes/shared/message';

/** What of a provider is read from whatever comes. */
export interface Fuzzed {
	/** Names of the members that its postbacks have, and its answers where they differ. */
	names: string[];
	answerNames?: string[];
	/** How members become the body of a postback; JSON is made for all who take it. */
	bodies: Array<'json' | 'form' | ((members: Record<string, unknown>) => string)>;
	/** Reads an answer out of its members. */
	readMembers?: Array<(raw: never) => SmsMessage>;
	/** Reads the whole text of an answer, which `texts` makes of its members unless it is JSON. */
	readText?: (text: string) => SmsMessage | undefined;
	texts?: (members: Record<string, unknown>) => string;
}

export const answerOf = (text: string) => ({ status: 200, headers: {}, text });

/** A text without halves of characters, which no address can hold. */
export const wellFormed = (text: string) => Buffer.from(text).toString();

const escaped = (text: unknown) =>
	String(typeof text === 'symbol' ? '' : typeof text === 'object' ? '' : text).replace(
		/[<&]/g,
		(c) => (c === '<' ? '&lt;' : '&amp;'),
	);

export const xmlOf = (members: object) =>
	Object.entries(members)
		.map(([name, text]) => `<${name}>${escaped(text)}</${name}>`)
		.join('');

/** A value of a form; only texts stand in one. */
export const formValue = (text: unknown) =>
	encodeURIComponent(wellFormed(typeof text === 'string' ? text : typeof text));
