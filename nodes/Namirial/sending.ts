import type { IDataObject } from 'n8n-workflow';
import { dryRun, isDryRun } from '../shared/dryRun';
import { failInput, Failure, rethrow } from '../shared/errors';
import { addHint } from '../shared/hint';
import { messageOutput } from '../shared/item';
import type { Item, Output } from '../shared/item';
import { requireMessage } from '../shared/messageText';
import type { E164 } from '../shared/phone';
import { checkRetry } from '../shared/retried';
import { countSegments } from '../shared/segments';
import { canBeOfCall, sendOnce } from '../shared/sendOnce';
import { statusAddress } from '../shared/statusAddress';
import { isObject } from '../shared/values';
import { requireGateway, requireStatusService } from './api/connection';
import type { Api } from './api/connection';
import { sendSms } from './api/messages';
import type { OnBehalf, Reference, Sms } from './api/messages';
import { listMessages, MAX_COUNT } from './api/status';
import { PROVIDER } from './name';
import { toNamirialNumber } from './number';
import type { Report } from './wire';

/** What the sending operations of Namirial have in common. */

/**
 * Characters. Published for Admin/send, INFERRED for Services/send (docs/providers/namirial.md 4.1).
 * Counted as code points, so that only what is too long under every reading is refused.
 */
const LONGEST_TEXT = 1_600;

/** Identical texts to one number within an hour that get through (docs/providers/namirial.md 5.2). */
const SAME_TEXT_LIMIT = 2;

/** Where a message goes beside its text and number. */
export interface How {
	onBehalf?: OnBehalf;
	/** Where its status is posted to; without it as the fields of the item say. */
	statusUrl?: string;
}

/** The message of an item. @throws Failure for what Namirial would refuse, before any request */
export function smsOf(item: Item, api: Api, statusUrl?: string): Sms {
	const text = requireMessage(item);
	const length = [...text].length;
	if (length > LONGEST_TEXT) {
		failInput(
			`The message has ${length} characters, and Namirial takes no more than ${LONGEST_TEXT}`,
			'Shorten the text, or send it as several messages.',
		);
	}
	return {
		to: toNamirialNumber(item.text('to'), item.option('defaultCountry')),
		text,
		reference: referenceOf(item),
		detailed: item.flagOption('detailed'),
		businessRelationId: item.option('businessRelationId'),
		statusUrl: secureAddress(statusUrl ?? statusAddress(item, api.postbackToken)),
	};
}

function referenceOf(item: Item): Reference | undefined {
	const service = item.option('referenceService');
	const action = item.option('referenceAction');
	const key = item.option('referenceKey');
	if (service) return { service, ...(action && { action }), ...(key && { key }) };
	if (action || key) {
		failInput(
			`${key ? 'Reference Key' : 'Reference Action'} is set without a Reference Service, which Namirial refuses`,
			'Add Reference Service to the options, such as AUTHENTICATION, or leave the other reference fields out.',
		);
	}
	return undefined;
}

const THIS_MACHINE = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Only the sandbox takes http, so it is let through to addresses of this machine. */
function secureAddress(address: string | undefined): string | undefined {
	if (address === undefined) return undefined;
	const { protocol, hostname, origin } = new URL(address);
	if (protocol !== 'https:' && !THIS_MACHINE.test(hostname)) {
		failInput(
			`Namirial posts status updates to https addresses only, and "${origin}" is not one`,
			'Give an address that starts with https://. The address of a trigger follows the setting WEBHOOK_URL of n8n.',
		);
	}
	return address;
}

/**
 * Sends the message of an item, but never twice: where the message has a reference key and the
 * node a credential for look-ups, a lost answer is looked up by the reference.
 */
export async function sendItem(item: Item, api: Api, how: How = {}): Promise<Output[]> {
	const { onBehalf, statusUrl } = how;
	const sms = smsOf(item, api, statusUrl);
	const key = sms.reference?.key;
	if (isDryRun(item)) {
		requireGateway(api);
		return dryRun([{ provider: PROVIDER, to: sms.to, text: sms.text, referenceId: key }]);
	}
	if (item.flagOption('skipIfReferenceExists')) requireLookUp(api, key);
	if (!key || !api.statusService) {
		checkRetry(item);
		return [sent(item, api, sms, await sendBlind(api, sms, onBehalf))];
	}

	const reference = sms.reference as Reference;
	const [{ result, existing }] = await sendOnce(item, api.traffic, {
		references: [key],
		given: true,
		send: async () => [await sendSms(api, sms, onBehalf)],
		earlier: async (_, claim) => [await findEarlier(api, sms.to, reference, claim)],
		left: async (_, since) => [await findLost(api, sms, since)],
	});
	if (result instanceof Failure) return rethrow(result);
	if (!existing) return [sent(item, api, sms, result)];
	return [{ json: { ...result.message, alreadySent: true } as IDataObject, raw: result.raw }];
}

function requireLookUp(api: Api, key: string | undefined): void {
	if (!key) {
		failInput(
			'Skip If Reference Exists is on, but the message has no Reference Key',
			'Add Reference Service and Reference Key to the options, or turn Skip If Reference Exists off.',
		);
	}
	requireStatusService(api);
}

/** The message as it leaves the node, with hints on what HTTP 200 does not tell. */
function sent(item: Item, api: Api, sms: Sms, { message, raw }: Report): Output {
	if (message.messageId === null) {
		addHint(
			item.context,
			`Item ${item.index}: Namirial accepted the message but gave no ID, so it cannot be looked up by one. It may have been discarded.`,
		);
	} else {
		api.traffic.claim(message.messageId);
	}
	noteSameText(item, api, sms);
	const { segments, encoding } = countSegments(sms.text);
	return messageOutput(
		{ ...message, to: sms.to, segments: message.segments ?? segments, encoding },
		raw,
	);
}

/** Sends a message that cannot be looked up; where its answer is lost, tells what would help. */
async function sendBlind(api: Api, sms: Sms, onBehalf?: OnBehalf): Promise<Report> {
	try {
		return await sendSms(api, sms, onBehalf);
	} catch (error) {
		if (!(error instanceof Failure) || error.kind !== 'ambiguous') return rethrow(error);
		const missing = sms.reference?.key
			? 'Choose a Namirial SMS Status API credential in this node'
			: 'Set Reference Service and Reference Key in the options, choose a Namirial SMS Status API credential in this node';
		const description = `${error.description} ${missing}, and the node will look such a message up by itself.`;
		return rethrow(error.with({ description }));
	}
}

/**
 * A message that carries the reference already. Messages do not name their number: the option
 * takes any, and a repeated execution the one of its own number.
 *
 * @param claim a message stands for one item only
 */
async function findEarlier(
	api: Api,
	to: E164,
	reference: Reference,
	claim: boolean,
): Promise<Report | undefined> {
	const reports = await withReference(api, reference);
	const sent = reports.filter(({ message }) => message.status !== 'failed');
	if (sent.length === 0) return undefined;
	const ofNumber = await idsOfNumber(api, to);
	const own = sent.filter(
		({ message: { messageId } }) =>
			messageId !== null &&
			ofNumber.has(messageId) &&
			!(claim && api.traffic.claimed.has(messageId)),
	);
	const [first] = own.length > 0 || claim ? own : sent;
	if (!first) return undefined;
	api.traffic.claim(first.message.messageId);
	const isOwn = own.includes(first);
	return { ...first, message: { ...first.message, to: isOwn ? to : first.message.to } };
}

/**
 * The message that a send with a lost answer left behind, or undefined. References are not unique:
 * it can have been taken after the call, is no other item's, and stands in the list of its number.
 *
 * @param since epoch milliseconds; undefined where nothing carried the reference before
 */
async function findLost(api: Api, sms: Sms, since?: number): Promise<Report | undefined> {
	const reports = await withReference(api, sms.reference as Reference);
	const candidates = reports.filter(({ message }) => canBeOfCall(since, message.sentAt));
	if (candidates.length === 0) return undefined;
	const ofNumber = await idsOfNumber(api, sms.to);
	return candidates.find(
		({ message: { messageId } }) =>
			messageId !== null && ofNumber.has(messageId) && api.traffic.claim(messageId),
	);
}

async function idsOfNumber(api: Api, phoneNumber: E164): Promise<Set<string | null>> {
	const { reports } = await listMessages(api, { phoneNumber }, MAX_COUNT);
	return new Set(reports.map(({ message }) => message.messageId));
}

/** The latest messages with the whole reference; Namirial looks at the key alone. */
async function withReference(api: Api, reference: Reference): Promise<Report[]> {
	const of = { referenceKey: reference.key ?? '' };
	const { reports } = await listMessages(api, of, MAX_COUNT);
	return reports.filter(({ raw }) => hasReference(raw.message, reference));
}

function hasReference(message: unknown, { service, action }: Reference): boolean {
	const reference = isObject(message) && isObject(message.reference) ? message.reference : {};
	return (reference.service ?? service) === service && (reference.action ?? action) === action;
}

/** A word of warning where a text is one too many: such a message is accepted and dropped. */
function noteSameText(item: Item, api: Api, { to, text }: Sms): void {
	const key = `${to} ${text}`;
	const times = (api.sameTexts.get(key) ?? 0) + 1;
	api.sameTexts.set(key, times);
	if (times !== SAME_TEXT_LIMIT + 1) return;
	addHint(
		item.context,
		`Item ${item.index}: the same text went to ${to} for the third time in this run. Namirial answers as if it had accepted it, but discards a text that reached a number twice within the hour. Get Status tells whether the message exists.`,
	);
}
