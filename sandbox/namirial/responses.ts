import type { ProviderResponse } from '../simulator';
import type { NamirialSettings } from './settings';

/** Error texts by code. Those of 8, 56 and 60 are published; the others are invented. */
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

/** The HTTP status of business errors, including input errors. */
const BUSINESS_ERROR = 500;

export function json(status: number, value: unknown): ProviderResponse {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}

/** Returns the gateway's response to a rejected send: docs/providers/namirial.md 4.4. */
export function codedError(
	settings: NamirialSettings,
	code: number,
	status = BUSINESS_ERROR,
): ProviderResponse {
	const message = settings.errorTexts[code] ?? TEXTS[code] ?? 'Unknown error';
	return json(status, { code, message, ...(settings.errorDetails ? { details: null } : {}) });
}

/** Returns the gateway's response to an invalid body, which is not documented. */
export function badRequest({ schemaStatus }: NamirialSettings, problem: string): ProviderResponse {
	return json(schemaStatus, { message: `Bad request: ${problem}` });
}
