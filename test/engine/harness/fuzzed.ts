import type { SmsMessage } from '../../../nodes/shared/model/message';

/** What the fuzz tests need to know of a provider. */
export interface Fuzzed {
	/** The names of the fields in its postbacks. */
	names: string[];
	/** The names of the fields in its responses, if they differ. */
	responseNames?: string[];
	/** The formats in which its postbacks are sent. */
	bodies: Array<'json' | 'form' | ((members: Record<string, unknown>) => string)>;
	/** Readers of a parsed response. */
	readMembers?: Array<(raw: never) => SmsMessage>;
	/** Reads the text of a response. */
	readText?: (text: string) => SmsMessage | undefined;
	/** Formats a response as text, if it is not JSON. */
	texts?: (members: Record<string, unknown>) => string;
}

export const okResponse = (text: string) => ({ status: 200, headers: {}, text });

/** A text without lone surrogates, which a URL cannot contain. */
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

/** A form-encoded value; forms contain only texts. */
export const formValue = (text: unknown) =>
	encodeURIComponent(wellFormed(typeof text === 'string' ? text : typeof text));
