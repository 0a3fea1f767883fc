import type { Postback } from '../postbacks';
import type { FireOrder } from '../simulator';
import type { Account } from './account';
import { SAVED_MMS_ID } from './library';
import {
	encoding,
	incomingMms,
	incomingSms,
	mmsStatus,
	smsStatus,
	subscription,
	type Notice,
	type StatusDetails,
} from './notices';
import { kindOf } from './notify';
import { CAMPAIGN, SHORT_CODE, type Campaign } from './settings';
import { lookUp } from './timestamps';
import type { Element } from './xml';

const HANDSET = '17575550142';
const VIDEO = 'https://media.example.com/clip.mp4';
const AUDIO = 'https://media.example.com/jingle.mp3';

const MT = { from: SHORT_CODE, to: HANDSET };
const SMS: Omit<StatusDetails, 'code'> = { ...MT, trackingId: 'DrXAFP-Ylpc-JZL' };
const MMS: Omit<StatusDetails, 'code'> = {
	...MT,
	trackingId: 'TU1TXzU5Nzg3OQ==',
	mmsId: SAVED_MMS_ID,
};

/** Samples of every documented postback. Codes that two origins share are listed for both. */
function samples({ settings }: Account): Notice[] {
	const sms = (code: string, more: Partial<StatusDetails> = {}) =>
		smsStatus(settings, { ...SMS, ...more, code });
	const mms = (code: string, more: Partial<StatusDetails> = {}) =>
		mmsStatus(settings, { ...MMS, ...more, code });
	const campaign: Campaign = {
		id: '1301',
		ref: CAMPAIGN,
		title: 'News',
		brand: 'Example Brand',
		shortCode: SHORT_CODE,
	};
	const email = (code: string): Notice => ({
		origin: 'EMAIL_SUB',
		code,
		fields: [
			['EMAIL', 'jo@example.com'],
			['CAMPAIGNID', '1301'],
		],
	});
	return [
		sms('N201'),
		sms('N202'),
		sms('E201'),
		sms('E202'),
		mms('N101'),
		mms('N102'),
		mms('N202', { sentAs: 'SMS' }),
		// only in v2
		mms('N103', { reason: 'Expired' }),
		mms('E101'),
		mms('E102', { reason: 'Rejected' }),
		mms('N501'),
		mms('N502'),
		mms('E501'),
		mms('E502'),
		...['N003', 'N013', 'E003', 'E013', 'E011', 'E999'].map((code) =>
			encoding(code, SAVED_MMS_ID, VIDEO),
		),
		...['E002', 'E012'].map((code) => encoding(code, SAVED_MMS_ID, AUDIO)),
		incomingSms(settings, {
			from: HANDSET,
			to: SHORT_CODE,
			text: 'Fish & Chips <now>',
			id: '511XG-02294-192SA-482H8',
		}),
		incomingMms(settings, {
			from: HANDSET,
			to: SHORT_CODE,
			subject: 'Photo of the day',
			id: 'MMS_MO_iLnCRrL6',
			files: ['https://media.example.com/1.jpg', 'https://media.example.com/1.smil'],
		}),
		subscription(settings, 'N301', campaign, HANDSET, 'WEB'),
		subscription(settings, 'N302', campaign, HANDSET, 'MO'),
		email('N303'),
		email('N304'),
	];
}

/** The provider publishes these samples with an unclosed second tag. */
const unclosed = (document: string) =>
	document.replace(/<FROM_MASK>[^<]*<\/FROM_MASK>/, '<FROM_MASK><FROM_MASK>');

/**
 * Sends a postback by hand. Kinds are `SMS_MT:N201` and so on, or the code alone; `malformed:N201`
 * and `malformed:E201` as published; and `batch`, three notifications in one postback.
 * @throws Error if the kind is unknown
 */
export function fire(account: Account, order: FireOrder): Postback {
	const all = samples(account);
	const [, malformed] = /^malformed:(N201|E201)$/.exec(order.kind) ?? [];
	if (malformed !== undefined) {
		const notice = all.find(({ code }) => code === malformed)!;
		// `unclosed` needs a FROM_MASK
		const mask: Record<string, string | null> = { FROM_MASK: '', ...order.fields };
		return account.notifier.fire([withFields(notice, mask)], order, { malform: unclosed });
	}
	if (order.kind === 'batch') {
		const kinds = ['SMS_MT:N201', 'SMS_MT:N202', 'SMS_MT:E202'];
		const notices = all.filter((notice) => kinds.includes(kindOf(notice)));
		return account.notifier.fire(notices, order, { envelope: 'batch' });
	}
	const kinds = Object.fromEntries([
		...all.map((notice) => [notice.code, notice] as const).reverse(),
		...all.map((notice) => [kindOf(notice), notice] as const),
	]);
	const notice = lookUp<Notice>(kinds, order.kind, 'kind of postback');
	return account.notifier.fire([withFields(notice, order.fields ?? {})], order);
}

/** Applies changes to the fields, including ORIGIN and CODE. CONTENT is a list of addresses. */
function withFields(notice: Notice, changes: Record<string, string | null>): Notice {
	const { ORIGIN = notice.origin, CODE = notice.code, ...others } = changes;
	const fields: Element[] = notice.fields.filter(([name]) => !(name in others));
	for (const [name, value] of Object.entries(others)) {
		if (value === null) continue;
		const index = notice.fields.findIndex(([field]) => field === name);
		const content =
			name === 'CONTENT' ? value.split(/[\s,]+/).map((url): Element => ['FILE', url]) : value;
		fields.splice(index < 0 ? fields.length : index, 0, [name, content]);
	}
	const id = others.TRACKINGID ?? others.TRANSACTIONID ?? notice.messageId;
	return { ...notice, origin: ORIGIN ?? '', code: CODE ?? '', fields, messageId: id };
}
