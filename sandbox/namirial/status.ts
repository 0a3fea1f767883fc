import type { MessageStore, StoredMessage } from '../messages';
import type { ProviderResponse } from '../simulator';
import { detailOf } from './message';
import { json } from './responses';
import type { NamirialSettings } from './settings';

const DEFAULT_COUNT = 50;
const MAX_COUNT = 100;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** UTC if there is no offset. An unencoded plus sign is decoded to a space, and does not match. */
const SEND_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/** The Message Status API, after authentication: docs/providers/namirial.md section 7. */
export class StatusLookups {
	constructor(
		private readonly messages: MessageStore,
		private readonly settings: NamirialSettings,
	) {}

	byId(id: string): ProviderResponse {
		if (!UUID.test(id)) return this.error(this.settings.malformedIdStatus);
		const stored = this.messages.find('namirial', id.toLowerCase());
		if (stored === undefined) return this.error(404);
		return json(200, { message: detailOf(stored).message });
	}

	byPhoneNumber(number: string, query: URLSearchParams): ProviderResponse {
		return this.list(query, ({ to }) => to === number);
	}

	byReference(key: string, query: URLSearchParams): ProviderResponse {
		return this.list(query, ({ reference }) => reference === key);
	}

	/** Returns an error response with this status. */
	error(status: number): ProviderResponse {
		if (!this.settings.statusErrorBodies) return { status };
		const message = { 400: 'Bad request', 403: 'Forbidden', 404: 'Not found' }[status];
		return json(status, { message: message ?? 'Error' });
	}

	private list(
		query: URLSearchParams,
		matches: (message: StoredMessage) => boolean,
	): ProviderResponse {
		const count = Number(query.get('count') ?? DEFAULT_COUNT);
		const before = parseSendDate(query.get('sendDate'));
		if (!Number.isInteger(count) || count < 1 || Number.isNaN(before)) {
			return this.error(this.settings.badQueryStatus);
		}
		const found = this.messages
			.list({ provider: 'namirial' })
			.filter((message) => matches(message) && this.isBefore(message, before))
			.sort((a, b) => acceptedAt(b) - acceptedAt(a) || b.sequence - a.sequence)
			.slice(0, Math.min(count, MAX_COUNT))
			.map((stored) => ({ message: detailOf(stored).message }));
		if (!this.settings.newestFirst) found.reverse();
		return json(200, { messages: this.settings.emptyWrapper ? [...found, {}] : found });
	}

	private isBefore(message: StoredMessage, bound: number): boolean {
		const at = acceptedAt(message);
		return at < bound || (this.settings.sendDateInclusive && at === bound);
	}
}

function acceptedAt(message: StoredMessage): number {
	return Date.parse(detailOf(message).message.providerAcceptanceAt);
}

/** Returns milliseconds; Infinity without a date, NaN if the date is invalid. */
function parseSendDate(text: string | null): number {
	if (text === null) return Infinity;
	const match = SEND_DATE.exec(text);
	if (match === null) return NaN;
	return Date.parse(match[1] === undefined ? `${text}Z` : text);
}
