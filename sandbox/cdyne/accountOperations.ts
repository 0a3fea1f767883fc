import { incomingResponse, smsIncomingMessage } from './answers';
import type { Incoming } from './incoming';
import type { KeywordWish } from './keywords';
import type { Office } from './office';
import { get, post, type Operation } from './operations';
import { UNKNOWN_KEY_SETTING, type Scope } from './postbackSettings';
import type { Query } from './query';
import type { ReadDate } from './read';
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
import { standing } from './settings';

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
	SMSKeywords?: Array<KeywordWish | null> | null;
}

/** Incoming messages, opt-outs, keywords, postback settings: docs/providers/cdyne.md section 4. */
export function accountOperations(office: Office, incoming: Incoming): Operation[] {
	return [
		...incomingOperations(office, incoming),
		...keywordOperations(office),
		...postbackOperations(office),
	];
}

/** The page asked for, within what the service gives at once. */
export function pageSize({ settings }: Office, wanted: number | undefined): number {
	const size = wanted !== undefined && wanted > 0 ? wanted : settings.defaultPageSize;
	return Math.min(size, settings.maximumPageSize);
}

function incomingOperations(office: Office, incoming: Incoming): Operation[] {
	const good = (key: string) => standing(office.settings, key) === 'good';
	return [
		get(
			'GetUnreadIncomingMessages',
			listOf(SMSIncomingMessage),
			(query) => query.guid('LicenseKey'),
			(key) => (good(key) ? incoming.takeUnread(key).map(smsIncomingMessage) : []),
			{ legacy: true },
		),
		post<CriteriaBody>(
			'ReadIncomingMessages',
			IncomingMessageCriteria,
			listOf(IncomingMessageResponse),
			(body) => {
				if (!good(body.LicenseKey)) return [];
				const entries = incoming.read(body.LicenseKey, {
					unreadOnly: body.UnreadMessagesOnly ?? false,
					incomingId: body.IncomingMessageID,
					outgoingId: body.OutgoingMessageID,
					reference: body.ReferenceID ?? undefined,
					from: body.StartDate?.time,
					until: body.EndDate?.time,
					page: body.PageNumber ?? 1,
					pageSize: pageSize(office, body.PageSize),
				});
				return entries.map(incomingResponse);
			},
		),
		get(
			'GetUnsubscribedNumbers',
			listOf(UnsubscribedNumber),
			(query) => query.guid('LicenseKey'),
			(key) => (good(key) ? office.optOuts.list(key) : []),
		),
	];
}

function keywordOperations(office: Office): Operation[] {
	const { NoError, LicenseKeyInvalid } = KeywordReturnCodes.values;
	const forKey = (key: string, list: () => unknown[]) =>
		standing(office.settings, key) === 'good'
			? { ReturnCode: NoError, SMSKeyword: list() }
			: { ReturnCode: LicenseKeyInvalid, SMSKeyword: null };
	const wishes = ({ SMSKeywords }: KeywordBody) =>
		(SMSKeywords ?? []).filter((wish) => wish !== null);
	return [
		get(
			'GetKeywords',
			SMSKeywordResponse,
			(query) => query.guid('LicenseKey'),
			(key) => forKey(key, () => office.keywords.list(key)),
			{ legacy: true },
		),
		post<KeywordBody>(
			'AssignKeyword',
			SMSKeywordRequest,
			SMSKeywordResponse,
			(body) =>
				forKey(body.LicenseKey, () => office.keywords.assign(body.LicenseKey, wishes(body))),
			{ legacy: true },
		),
		post<KeywordBody>(
			'RemoveKeyword',
			SMSKeywordRequest,
			SMSKeywordResponse,
			(body) =>
				forKey(body.LicenseKey, () => office.keywords.remove(body.LicenseKey, wishes(body))),
			{ legacy: true },
		),
	];
}

function postbackOperations(office: Office): Operation[] {
	const { postbackSettings, settings } = office;
	const { InvalidLicenseKey } = PostbackReturnCodes.values;
	const known = ({ key }: Scope) => standing(settings, key) === 'good';
	const wholeKey = (query: Query): Scope => ({
		key: query.guid('LicenseKey'),
		number: null,
		country: null,
	});
	const oneNumber = (query: Query): Scope => ({
		...wholeKey(query),
		number: query.text('PhoneNumber') ?? '',
		country: query.text('Country'),
	});
	const type = (query: Query) => query.member('PostbackType', PostbackTypes);

	const of = (suffix: string, scope: (query: Query) => Scope): Operation[] => [
		get(`GetPostbackSettingsFor${suffix}`, listOf(PostbackSettingsResponse), scope, (whose) =>
			known(whose) ? postbackSettings.list(whose) : [UNKNOWN_KEY_SETTING],
		),
		get(
			`SetPostbackUrlFor${suffix}`,
			PostbackReturnCodes,
			(query) => ({ whose: scope(query), type: type(query), url: query.text('Url') ?? '' }),
			({ whose, type, url }) =>
				known(whose) ? postbackSettings.setUrl(whose, type, url) : InvalidLicenseKey,
		),
		get(
			`SetPostbackEnabledFor${suffix}`,
			PostbackReturnCodes,
			(query) => ({
				whose: scope(query),
				type: type(query),
				enabled: query.boolean('Enabled'),
			}),
			({ whose, type, enabled }) =>
				known(whose) ? postbackSettings.setEnabled(whose, type, enabled) : InvalidLicenseKey,
		),
	];
	return [...of('LicenseKey', wholeKey), ...of('PhoneNumber', oneNumber)];
}
