import type { Account } from './account';
import { attempt, refuseIf, Refusal } from './codes';
import type { SavedMms } from './library';
import { begin, type Accepted } from './life';
import type { Fields } from './read';
import {
	checkCampaign,
	checkOperator,
	checkRecipient,
	checkSender,
	maskFor,
	readNumber,
	senderFor,
} from './recipients';
import { readSlides } from './slides';
import { failure } from './write';
import type { Element } from './xml';

export const MMS_QUEUED = 'MMS request accepted and queued for delivery';

const MOST_RECIPIENTS = 100;
const LONGEST_SUBJECT = 80;
const PLACEHOLDER = /\{\$(\w+)(?:\|([^}]*))?\}/g;

/** docs/providers/skycore.md 3.3. @throws Refusal */
export function sendSavedMms(account: Account, fields: Fields): () => Element[] {
	const given = fields.text('TO');
	const id = fields.text('MMSID');
	refuseIf(id === '', 'E620', given || undefined);
	refuseIf(given === '', 'E621');
	const list = given.split(',').map((number) => number.trim());
	refuseIf(list.length > MOST_RECIPIENTS, 'E623', given);
	const mms = account.library.ready(id, given);
	const isList = account.settings.recipientLists && list.length > 1;
	if (!isList) readNumber(account.settings, given, 'E110');
	checkSender(account, fields.text('FROM'), given);
	const fallback = fields.has('FALLBACKSMSTEXT') && fields.text('FALLBACKSMSTEXT') === '';
	refuseIf(fallback && !isYes(fields, 'DISABLEFALLBACKSMS'), 'E622', given);
	checkOperator(account, fields, given);

	const next = account.ids.trackingIds(account.settings.trackingIds, 'MMS');
	if (!isList) {
		const to = checkOne(account, fields, given);
		return () => [
			['STATUS', 'Success'],
			['MMSID', mms.id],
			...sendOne(account, fields, mms, to, next()),
			['STATUSDETAILS', MMS_QUEUED],
		];
	}
	return () => [
		['STATUS', 'Success'],
		['MMSID', mms.id],
		...list.map((one) => sending(account, fields, mms, one, next())),
	];
}

/** Of a list of recipients: a failed one has no STATUS (docs/providers/skycore.md 2). */
function sending(
	account: Account,
	fields: Fields,
	mms: SavedMms,
	given: string,
	trackingId: string,
): Element {
	const sent = attempt(() =>
		sendOne(account, fields, mms, checkOne(account, fields, given), trackingId),
	);
	if (sent instanceof Refusal) {
		return ['SENDING', failure(sent).filter(([name]) => name !== 'STATUS')];
	}
	return ['SENDING', [['STATUS', 'Success'], ...sent, ['STATUSDETAILS', MMS_QUEUED]]];
}

function checkOne(account: Account, fields: Fields, given: string): string {
	const to = readNumber(account.settings, given, 'E110');
	checkCampaign(account, fields, to);
	checkRecipient(account, to);
	return to;
}

function sendOne(
	account: Account,
	fields: Fields,
	mms: SavedMms,
	to: string,
	trackingId: string,
): Element[] {
	const from = senderFor(account, fields.text('FROM'), to);
	begin(account, {
		...contentOf(mms, fields),
		kind: 'mms',
		id: trackingId,
		to,
		from,
		fromMask: maskFor(fields, to),
		campaignRef: fields.text('CAMPAIGNREF') || undefined,
		heldMs: account.access.held('sendSavedMMS'),
	});
	return [
		['TRACKINGID', trackingId],
		['TO', to],
		['FROM', from],
	];
}

/** What arrives: slides with the texts and merge values that the call brought. */
export function contentOf(
	mms: SavedMms,
	fields: Fields,
): Pick<Accepted, 'text' | 'subject' | 'mediaUrls' | 'mmsId' | 'mmsOnly'> {
	const data = fields.child('DATA');
	const merge = (text: string) =>
		text.replace(PLACEHOLDER, (_all, tag: string, other = '') => data.text(tag) || other);
	const custom = new Map(
		fields.all('CUSTOMTEXT').map((one) => [one.text('SLIDE').trim(), one.text('VALUE')]),
	);
	const texts = mms.slides.map(({ text }, index) => custom.get(String(index + 1)) ?? text);
	return {
		text: texts
			.map(merge)
			.filter((text) => text !== '')
			.join('\n'),
		subject: fields.text('CUSTOMSUBJECT') || mms.subject,
		mediaUrls: mms.slides.flatMap(({ media, objects }) =>
			[...media, ...objects].map(({ url }) => url),
		),
		mmsId: mms.id,
		mmsOnly: mms.mmsOnly || isYes(fields, 'DISABLEFALLBACKSMS'),
	};
}

/** docs/providers/skycore.md 3.5. @throws Refusal */
export function saveMms(account: Account, fields: Fields): () => Element[] {
	const { saveCodes, subjectRequired } = account.settings;
	const code = (last: string) => `${saveCodes.slice(0, -1)}${last}`;
	const name = fields.text('NAME') || fields.child('CONTENT').text('NAME');
	refuseIf(name === '', code('1'));
	const subject = fields.text('SUBJECT');
	refuseIf(subject === '' && subjectRequired, code('4'));
	const info = `Text longer than ${LONGEST_SUBJECT} characters`;
	refuseIf([...subject].length > LONGEST_SUBJECT, 'E228', undefined, info);
	const mmsOnly = isYes(fields, 'DISABLEFALLBACKSMS');
	const fallbackText = fields.text('FALLBACKSMSTEXT');
	refuseIf(fallbackText === '' && !mmsOnly, 'E622');
	const slides = readSlides(fields, { none: code('2'), empty: code('3') });
	return () => {
		const { id } = account.library.save({ name, subject, slides, fallbackText, mmsOnly });
		return [
			['STATUS', 'Success'],
			['MMSID', id],
		];
	};
}

/** docs/providers/skycore.md 3.6. @throws Refusal E200 where there are none */
export function getMmsIds({ library }: Account): () => Element[] {
	const ids = library.list();
	refuseIf(ids.length === 0, 'E200');
	return () => [
		['STATUS', 'Success'],
		['MMSIDS', ids.join(',')],
	];
}

function isYes(fields: Fields, name: string): boolean {
	return fields.text(name).trim().toLowerCase() === 'yes';
}
