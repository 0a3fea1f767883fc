import type { Account } from './account';
import { attempt, rejectIf, Rejection } from './codes';
import type { SavedMms } from './library';
import { startMessage, type Accepted } from './lifecycle';
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

const MAX_RECIPIENTS = 100;
const MAX_SUBJECT_LENGTH = 80;
const PLACEHOLDER = /\{\$(\w+)(?:\|([^}]*))?\}/g;

/** docs/providers/skycore.md 3.3. @throws Rejection */
export function sendSavedMms(account: Account, fields: Fields): () => Element[] {
	const recipient = fields.text('TO');
	const id = fields.text('MMSID');
	rejectIf(id === '', 'E620', recipient || undefined);
	rejectIf(recipient === '', 'E621');
	const list = recipient.split(',').map((number) => number.trim());
	rejectIf(list.length > MAX_RECIPIENTS, 'E623', recipient);
	const mms = account.library.findReady(id, recipient);
	const isList = account.settings.recipientLists && list.length > 1;
	if (!isList) readNumber(account.settings, recipient, 'E110');
	checkSender(account, fields.text('FROM'), recipient);
	const emptyFallback = fields.has('FALLBACKSMSTEXT') && fields.text('FALLBACKSMSTEXT') === '';
	rejectIf(emptyFallback && !isYes(fields, 'DISABLEFALLBACKSMS'), 'E622', recipient);
	checkOperator(account, fields, recipient);

	const nextTrackingId = account.ids.trackingIds(account.settings.trackingIds, 'MMS');
	if (!isList) {
		const to = readRecipient(account, fields, recipient);
		return () => [
			['STATUS', 'Success'],
			['MMSID', mms.id],
			...sendToRecipient(account, fields, mms, to, nextTrackingId()),
			['STATUSDETAILS', MMS_QUEUED],
		];
	}
	return () => [
		['STATUS', 'Success'],
		['MMSID', mms.id],
		...list.map((number) => sendingElement(account, fields, mms, number, nextTrackingId())),
	];
}

/** Sends to a recipient of a list. A failed one has no STATUS (docs/providers/skycore.md 2). */
function sendingElement(
	account: Account,
	fields: Fields,
	mms: SavedMms,
	recipient: string,
	trackingId: string,
): Element {
	const result = attempt(() =>
		sendToRecipient(account, fields, mms, readRecipient(account, fields, recipient), trackingId),
	);
	if (result instanceof Rejection) {
		return ['SENDING', failure(result).filter(([name]) => name !== 'STATUS')];
	}
	return ['SENDING', [['STATUS', 'Success'], ...result, ['STATUSDETAILS', MMS_QUEUED]]];
}

function readRecipient(account: Account, fields: Fields, recipient: string): string {
	const to = readNumber(account.settings, recipient, 'E110');
	checkCampaign(account, fields, to);
	checkRecipient(account, to);
	return to;
}

function sendToRecipient(
	account: Account,
	fields: Fields,
	mms: SavedMms,
	to: string,
	trackingId: string,
): Element[] {
	const from = senderFor(account, fields.text('FROM'), to);
	startMessage(account, {
		...contentOf(mms, fields),
		kind: 'mms',
		id: trackingId,
		to,
		from,
		fromMask: maskFor(fields, to),
		campaignRef: fields.text('CAMPAIGNREF') || undefined,
		delayMs: account.access.reserveDelay('sendSavedMMS'),
	});
	return [
		['TRACKINGID', trackingId],
		['TO', to],
		['FROM', from],
	];
}

/** Returns the content of a saved MMS with the custom texts and merge values of the call. */
export function contentOf(
	mms: SavedMms,
	fields: Fields,
): Pick<Accepted, 'text' | 'subject' | 'mediaUrls' | 'mmsId' | 'mmsOnly'> {
	const data = fields.child('DATA');
	const merge = (text: string) =>
		text.replace(PLACEHOLDER, (_all, tag: string, fallback = '') => data.text(tag) || fallback);
	const customTexts = new Map(
		fields.all('CUSTOMTEXT').map((entry) => [entry.text('SLIDE').trim(), entry.text('VALUE')]),
	);
	const texts = mms.slides.map(({ text }, index) => customTexts.get(String(index + 1)) ?? text);
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

/** docs/providers/skycore.md 3.5. @throws Rejection */
export function saveMms(account: Account, fields: Fields): () => Element[] {
	const { saveCodes, subjectRequired } = account.settings;
	const code = (lastDigit: string) => `${saveCodes.slice(0, -1)}${lastDigit}`;
	const name = fields.text('NAME') || fields.child('CONTENT').text('NAME');
	rejectIf(name === '', code('1'));
	const subject = fields.text('SUBJECT');
	rejectIf(subject === '' && subjectRequired, code('4'));
	const info = `Text longer than ${MAX_SUBJECT_LENGTH} characters`;
	rejectIf([...subject].length > MAX_SUBJECT_LENGTH, 'E228', undefined, info);
	const mmsOnly = isYes(fields, 'DISABLEFALLBACKSMS');
	const fallbackText = fields.text('FALLBACKSMSTEXT');
	rejectIf(fallbackText === '' && !mmsOnly, 'E622');
	const slides = readSlides(fields, { none: code('2'), empty: code('3') });
	return () => {
		const { id } = account.library.save({ name, subject, slides, fallbackText, mmsOnly });
		return [
			['STATUS', 'Success'],
			['MMSID', id],
		];
	};
}

/** docs/providers/skycore.md 3.6. @throws Rejection E200 if there are none */
export function getMmsIds({ library }: Account): () => Element[] {
	const ids = library.list();
	rejectIf(ids.length === 0, 'E200');
	return () => [
		['STATUS', 'Success'],
		['MMSIDS', ids.join(',')],
	];
}

function isYes(fields: Fields, name: string): boolean {
	return fields.text(name).trim().toLowerCase() === 'yes';
}
