import type { Answer } from '../simulator';
import type { WooxySettings } from './settings';

/** Why Wooxy refuses; decides nothing but the HTTP status, and that only if it is mapped. */
export type Reason = 'token' | 'disabled' | 'input' | 'notFound' | 'tooMany';

const STATUS: Record<Reason, number> = {
	token: 401,
	disabled: 403,
	input: 400,
	notFound: 404,
	tooMany: 429,
};

/** A request that Wooxy answers with `result: false` and this text. */
export class Refusal extends Error {
	constructor(
		text: string,
		readonly reason: Reason = 'input',
	) {
		super(text);
	}
}

export const badRequest = () => new Refusal('Bad Request');

/** The envelope of success around what a method returns. */
export function success(fields: object, settings: WooxySettings): Answer {
	return json(200, { result: true, ...fields }, settings);
}

/** The envelope of failure; `more` is what some methods put beside the errors. */
export function failure(refusal: Refusal, settings: WooxySettings, more: object = {}): Answer {
	const status = settings.statusMode === 'mapped' ? STATUS[refusal.reason] : 200;
	return json(status, { result: false, errors: [refusal.message], ...more }, settings);
}

function json(status: number, envelope: object, { escapeSlashes }: WooxySettings): Answer {
	const text = JSON.stringify(envelope);
	return {
		status,
		headers: { 'Content-Type': 'application/json' },
		body: escapeSlashes ? text.replaceAll('/', '\\/') : text,
	};
}

/** `2024-05-01 10:20:30`, UTC, as Wooxy writes times. */
export function timeText(time: Date | string): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
