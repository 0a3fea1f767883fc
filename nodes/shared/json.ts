/** JSON as providers write it, in answers and in postbacks. */

/** A run of digits that a JavaScript number may not hold exactly. */
const LONG = /\d{16}/;

/** A string, or a whole number too long for JavaScript; each starts where the one before ended. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\[\s\S])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function keepLong(token: string): string {
	if (token.startsWith('"')) return token;
	return /^-?\d{16,}$/.test(token) ? `"${token}"` : token;
}

/** A JSON value with long whole numbers (64-bit ids) as strings. @throws SyntaxError */
export function parseJson(body: string): unknown {
	const json = body.replace(/^\uFEFF/, '');
	return JSON.parse(LONG.test(json) ? json.replace(STRING_OR_NUMBER, keepLong) : json);
}
