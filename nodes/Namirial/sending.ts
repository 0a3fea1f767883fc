import { dryRun, isDryRun } from '../shared/dryRun';
import { failInput, Failure, rethrow } from '../shared/errors';
import { addHint } from '../shared/hint';
import { messageOutput } from '../shared/item';
import type { Item, Output } from '../shared/item';
import { requireMessage } from '../shared/messageText';
import { checkRetry } from '../shared/retried';
import { countSegments } from '../shared/segments';
import { sendOnce } from '../shared/sendOnce';
import { statusAddress } from '../shared/statusAddress';
import { requireGateway, requireStatusService } from './api/connection';
import type { Api } from './api/connection';
import { sendSms } from './api/messages';
import type { OnBehalf, Reference, Sms } from './api/messages';
import { PROVIDER } from './name';
import { toNamirialNumber } from './number';
import { earlierMessage, lostMessage } from './sentBefore';
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
interface How {
	onBehalf?: OnBehalf;
	/** Where its status is posted to; without it as the fields of the item say. */
	statusUrl?: string;
}

/** The message of an item. @throws Failure for what Namirial would refuse, before any request */
function smsOf(item: Item, api: Api, statusUrl?: string): Sms {
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
			'Give an address that starts with https://. The address of a trigger follows n8n’s setting N8N_WEBHOOK_URL (before n8n 2: WEBHOOK_URL).',
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
	const [result] = await sendOnce(item, api.traffic, {
		references: [key],
		given: true,
		send: async () => [[await sendSms(api, sms, onBehalf)]],
		earlier: async (_, claim) => [await earlierMessage(api, sms.to, reference, claim)],
		lost: async (_, since) => [await lostMessage(api, sms, since)],
	});
	if (result instanceof Failure) return rethrow(result);
	return result.map((report) =>
		report.message.alreadySent
			? messageOutput(report.message, report.raw)
			: sent(item, api, sms, report),
	);
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
