import type { Answer } from '../simulator';
import type { NamirialSettings } from './settings';

/** Texts of the codes. Those of 8, 56 and 60 are published; the others are made up. */
const TEXTS: Record<number, string> = {
	8: 'Wrong number',
	56: 'Invalid number',
	59: 'Invalid reference service',
	60: 'Anti-flooding error',
	61: 'Blocked by watchlist',
	63: 'Authentication error',
	64: 'Provider temporarily unavailable',
	66: 'Empty text',
	74: 'Url not allowed',
};

/** The HTTP status that business errors come under, pure input errors included. */
const BUSINESS_ERROR = 500;

export function json(status: number, value: unknown): Answer {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}

/** What the gateway says to a send that it refuses: docs/providers/namirial.md 4.4. */
export function codedError(
	settings: NamirialSettings,
	code: number,
	status = BUSINESS_ERROR,
): Answer {
	const message = settings.errorTexts[code] ?? TEXTS[code] ?? 'Unknown error';
	return json(status, { code, message, ...(settings.errorDetails ? { details: null } : {}) });
}

/** What the gateway says to a body that is not of the documented shape: not documented. */
export function badRequest({ schemaStatus }: NamirialSettings, flaw: string): Answer {
	return json(schemaStatus, { message: `Bad request: ${flaw}` });
}
