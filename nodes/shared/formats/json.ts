/** Digits that a JavaScript number may not represent exactly. */
const LONG_NUMBER = /\d{16}/;

/** Strings are matched too, so that digits inside a string are not taken for a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\[\s\S])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function quoteLongNumber(token: string): string {
	if (token.startsWith('"')) return token;
	return /^-?\d{16,}$/.test(token) ? `"${token}"` : token;
}

/** Parses JSON, with long whole numbers (64-bit ids) as strings. @throws SyntaxError */
export function parseJson(body: string): unknown {
	const json = body.replace(/^\uFEFF/, '');
	return JSON.parse(
		LONG_NUMBER.test(json) ? json.replace(STRING_OR_NUMBER, quoteLongNumber) : json,
	);
}
