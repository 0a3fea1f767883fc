import type { Incoming } from './incoming';
import type { KeywordRequest } from './keywords';
import { get, post, type Operation } from './operations';
import { UNKNOWN_KEY_SETTING, type Scope } from './postbackSettings';
import type { Query } from './query';
import type { ReadDate } from './read';
import { incomingResponse, smsIncomingMessage } from './responses';
import {
	IncomingMessageCriteria,
	IncomingMessageResponse,
	KeywordReturnCodes,
	listOf,
	PostbackReturnCodes,
	PostbackSettingsResponse,
	PostbackTypes,
	SMSIncomingMessage,
	SMSKeywordRequest,
	SMSKeywordResponse,
	UnsubscribedNumber,
} from './schema';
import { keyStatus } from './settings';
import type { CdyneState } from './state';

interface CriteriaBody {
	EndDate?: ReadDate;
	IncomingMessageID?: string;
	LicenseKey: string;
	OutgoingMessageID?: string;
	PageNumber?: number;
	PageSize?: number;
	ReferenceID?: string | null;
	StartDate?: ReadDate;
	UnreadMessagesOnly?: boolean;
}

interface KeywordBody {
	LicenseKey: string;
	SMSKeywords?: Array<KeywordRequest | null> | null;
}

/** Incoming messages, opt-outs, keywords, postback settings: docs/providers/cdyne.md section 4. */
export function accountOperations(state: CdyneState, incoming: Incoming): Operation[] {
	return [
		...incomingOperations(state, incoming),
		...keywordOperations(state),
		...postbackOperations(state),
	];
}

/** Returns the requested page size, limited to the maximum of the service. */
export function pageSize({ settings }: CdyneState, requested: number | undefined): number {
	const size = requested !== undefined && requested > 0 ? requested : settings.defaultPageSize;
	return Math.min(size, settings.maximumPageSize);
}

function incomingOperations(state: CdyneState, incoming: Incoming): Operation[] {
	const isActive = (key: string) => keyStatus(state.settings, key) === 'active';
	return [
		get(
			'GetUnreadIncomingMessages',
			listOf(SMSIncomingMessage),
			(query) => query.guid('LicenseKey'),
			(key) => (isActive(key) ? incoming.takeUnread(key).map(smsIncomingMessage) : []),
			{ legacy: true },
		),
		post<CriteriaBody>(
			'ReadIncomingMessages',
			IncomingMessageCriteria,
			listOf(IncomingMessageResponse),
			(body) => {
				if (!isActive(body.LicenseKey)) return [];
				const entries = incoming.read(body.LicenseKey, {
					unreadOnly: body.UnreadMessagesOnly ?? false,
					incomingId: body.IncomingMessageID,
					outgoingId: body.OutgoingMessageID,
					reference: body.ReferenceID ?? undefined,
					from: body.StartDate?.time,
					until: body.EndDate?.time,
					page: body.PageNumber ?? 1,
					pageSize: pageSize(state, body.PageSize),
				});
				return entries.map(incomingResponse);
			},
		),
		get(
			'GetUnsubscribedNumbers',
			listOf(UnsubscribedNumber),
			(query) => query.guid('LicenseKey'),
			(key) => (isActive(key) ? state.optOuts.list(key) : []),
		),
	];
}

function keywordOperations(state: CdyneState): Operation[] {
	const { NoError, LicenseKeyInvalid } = KeywordReturnCodes.values;
	const forKey = (key: string, list: () => unknown[]) =>
		keyStatus(state.settings, key) === 'active'
			? { ReturnCode: NoError, SMSKeyword: list() }
			: { ReturnCode: LicenseKeyInvalid, SMSKeyword: null };
	const keywordRequests = ({ SMSKeywords }: KeywordBody) =>
		(SMSKeywords ?? []).filter((request) => request !== null);
	return [
		get(
			'GetKeywords',
			SMSKeywordResponse,
			(query) => query.guid('LicenseKey'),
			(key) => forKey(key, () => state.keywords.list(key)),
			{ legacy: true },
		),
		post<KeywordBody>(
			'AssignKeyword',
			SMSKeywordRequest,
			SMSKeywordResponse,
			(body) =>
				forKey(body.LicenseKey, () =>
					state.keywords.assign(body.LicenseKey, keywordRequests(body)),
				),
			{ legacy: true },
		),
		post<KeywordBody>(
			'RemoveKeyword',
			SMSKeywordRequest,
			SMSKeywordResponse,
			(body) =>
				forKey(body.LicenseKey, () =>
					state.keywords.remove(body.LicenseKey, keywordRequests(body)),
				),
			{ legacy: true },
		),
	];
}

function postbackOperations(state: CdyneState): Operation[] {
	const { postbackSettings, settings } = state;
	const { InvalidLicenseKey } = PostbackReturnCodes.values;
	const isActive = ({ key }: Scope) => keyStatus(settings, key) === 'active';
	const wholeKey = (query: Query): Scope => ({
		key: query.guid('LicenseKey'),
		number: null,
		country: null,
	});
	const singleNumber = (query: Query): Scope => ({
		...wholeKey(query),
		number: query.text('PhoneNumber') ?? '',
		country: query.text('Country'),
	});
	const type = (query: Query) => query.member('PostbackType', PostbackTypes);

	const operations = (suffix: string, scope: (query: Query) => Scope): Operation[] => [
		get(`GetPostbackSettingsFor${suffix}`, listOf(PostbackSettingsResponse), scope, (owner) =>
			isActive(owner) ? postbackSettings.list(owner) : [UNKNOWN_KEY_SETTING],
		),
		get(
			`SetPostbackUrlFor${suffix}`,
			PostbackReturnCodes,
			(query) => ({ owner: scope(query), type: type(query), url: query.text('Url') ?? '' }),
			({ owner, type, url }) =>
				isActive(owner) ? postbackSettings.setUrl(owner, type, url) : InvalidLicenseKey,
		),
		get(
			`SetPostbackEnabledFor${suffix}`,
			PostbackReturnCodes,
			(query) => ({
				owner: scope(query),
				type: type(query),
				enabled: query.boolean('Enabled'),
			}),
			({ owner, type, enabled }) =>
				isActive(owner) ? postbackSettings.setEnabled(owner, type, enabled) : InvalidLicenseKey,
		),
	];
	return [...operations('LicenseKey', wholeKey), ...operations('PhoneNumber', singleNumber)];
}
