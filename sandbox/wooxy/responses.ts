import type { ProviderResponse } from '../simulator';
import type { WooxySettings } from './settings';

/** Why Wooxy rejects a request. It only determines the HTTP status, if `statusMode` is `mapped`. */
export type Reason = 'token' | 'disabled' | 'input' | 'notFound' | 'tooMany';

const STATUS: Record<Reason, number> = {
	token: 401,
	disabled: 403,
	input: 400,
	notFound: 404,
	tooMany: 429,
};

/** A request that Wooxy responds to with `result: false` and this text. */
export class Rejection extends Error {
	constructor(
		text: string,
		readonly reason: Reason = 'input',
	) {
		super(text);
	}
}

export const badRequest = () => new Rejection('Bad Request');

/** Returns a response with the fields of a successful method. */
export function success(fields: object, settings: WooxySettings): ProviderResponse {
	return json(200, { result: true, ...fields }, settings);
}

/** Returns an error response. @param more additional fields, which some methods have */
export function failure(
	rejection: Rejection,
	settings: WooxySettings,
	more: object = {},
): ProviderResponse {
	const status = settings.statusMode === 'mapped' ? STATUS[rejection.reason] : 200;
	return json(status, { result: false, errors: [rejection.message], ...more }, settings);
}

function json(
	status: number,
	envelope: object,
	{ escapeSlashes }: WooxySettings,
): ProviderResponse {
	const text = JSON.stringify(envelope);
	return {
		status,
		headers: { 'Content-Type': 'application/json' },
		body: escapeSlashes ? text.replaceAll('/', '\\/') : text,
	};
}

/** Writes a time as Wooxy does, in UTC: `2024-05-01 10:20:30`. */
export function formatTime(time: Date | string): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
