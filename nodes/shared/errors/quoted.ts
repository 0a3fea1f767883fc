const MAX_QUOTE_LENGTH = 200;

/** A value for an error message: quoted, or described by its length if it is too long to quote. */
export function quoted(value: unknown): string {
	const text = String(value);
	return text.length > MAX_QUOTE_LENGTH ? `a text of ${text.length} characters` : `"${text}"`;
}
