import { throwInvalidInput, Failure, rethrow } from '../shared/errors/failure';
import { addHint } from '../shared/host/internals';
import type { Item } from '../shared/input/item';
import { requireMessage } from '../shared/input/messageText';
import { messageOutput, type Output, type Report } from '../shared/model/output';
import { countSegments } from '../shared/model/segments';
import { statusCallbackUrl } from '../shared/receiving/statusCallbackUrl';
import { dryRunOutputs, isDryRun } from '../shared/sending/dryRun';
import { checkExecutionRetry } from '../shared/sending/executionRetry';
import { sendOnce } from '../shared/sending/sendOnce';
import { type Api, gatewayOf, requireStatusService } from './api/connection';
import { type OnBehalf, type Reference, sendSms, type Sms } from './api/messages';
import { findEarlierMessage, findLostMessage } from './findSentMessages';
import { PROVIDER } from './name';
import { toNamirialNumber } from './number';

/**
 * In characters (docs/providers/namirial.md 4.1). Published for Admin/send, INFERRED for
 * Services/send. Code points are counted, so that no text is rejected that may be short enough.
 */
const MAX_TEXT_LENGTH = 1_600;

/** Identical texts to a number within an hour that are sent (docs/providers/namirial.md 5.2). */
const SAME_TEXT_LIMIT = 2;

interface SendSettings {
	onBehalf?: OnBehalf;
	/** The URL for status updates. If undefined, the fields of the item select it. */
	statusUrl?: string;
}

/** The message of an item. @throws Failure if Namirial would reject it */
function smsOf(item: Item, api: Api, statusUrl?: string): Sms {
	const text = requireMessage(item);
	const length = [...text].length;
	if (length > MAX_TEXT_LENGTH) {
		throwInvalidInput(
			`The message has ${length} characters, and Namirial accepts no more than ${MAX_TEXT_LENGTH}`,
			'Shorten the text, or send it as several messages.',
		);
	}
	return {
		to: toNamirialNumber(item.text('to'), item.option('defaultCountry')),
		text,
		reference: referenceOf(item),
		detailed: item.flagOption('detailed'),
		businessRelationId: item.option('businessRelationId'),
		statusUrl: requireSecureUrl(statusUrl ?? statusCallbackUrl(item, api.postbackToken)),
	};
}

function referenceOf(item: Item): Reference | undefined {
	const service = item.option('referenceService');
	const action = item.option('referenceAction');
	const key = item.option('referenceKey');
	if (service) return { service, ...(action && { action }), ...(key && { key }) };
	if (action || key) {
		throwInvalidInput(
			`${key ? 'Reference Key' : 'Reference Action'} is set without a Reference Service, which Namirial rejects`,
			'Add Reference Service to the options, such as AUTHENTICATION, or remove the other reference fields.',
		);
	}
	return undefined;
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** @throws Failure if a URL is not https. Those of this machine may be http, for the sandbox. */
function requireSecureUrl(url: string | undefined): string | undefined {
	if (url === undefined) return undefined;
	const { protocol, hostname, origin } = new URL(url);
	if (protocol !== 'https:' && !LOOPBACK.test(hostname)) {
		throwInvalidInput(
			`Namirial posts status updates to https URLs only, and "${origin}" is not one`,
			'Use a URL that starts with https://. The URL of a trigger depends on n8n’s setting N8N_WEBHOOK_URL (before n8n 2: WEBHOOK_URL).',
		);
	}
	return url;
}

/**
 * Sends the message of an item, never twice. If the message has a Reference Key and the node has
 * the credential for look-ups, a message whose response was lost is looked up by its reference.
 */
export async function sendItem(item: Item, api: Api, { onBehalf, statusUrl }: SendSettings = {}) {
	const sms = smsOf(item, api, statusUrl);
	const key = sms.reference?.key;
	if (isDryRun(item)) {
		// a dry run fails without the credential for sending too
		gatewayOf(api);
		return dryRunOutputs([{ provider: PROVIDER, to: sms.to, text: sms.text, referenceId: key }]);
	}
	if (item.flagOption('skipIfReferenceExists')) requireLookups(api, key);
	if (!key || !api.statusService) {
		checkExecutionRetry(item);
		return [sentOutput(item, api, sms, await sendWithoutLookup(api, sms, onBehalf))];
	}

	const reference = sms.reference as Reference;
	const [result] = await sendOnce(item, api.locks, {
		references: [key],
		isUserReference: true,
		send: async () => [[await sendSms(api, sms, onBehalf)]],
		findEarlier: async (_, claim) => [await findEarlierMessage(api, sms.to, reference, claim)],
		findLost: async (_, since) => [await findLostMessage(api, sms, since)],
	});
	if (result instanceof Failure) return rethrow(result);
	return result.map((report) =>
		report.message.alreadySent
			? messageOutput(report.message, report.raw)
			: sentOutput(item, api, sms, report),
	);
}

function requireLookups(api: Api, key: string | undefined): void {
	if (!key) {
		throwInvalidInput(
			'Skip If Reference Exists is on, but the message has no Reference Key',
			'Add Reference Service and Reference Key to the options, or turn Skip If Reference Exists off.',
		);
	}
	requireStatusService(api);
}

/** The output for a sent message, with hints about what HTTP 200 does not say. */
function sentOutput(item: Item, api: Api, sms: Sms, { message, raw }: Report): Output {
	if (message.messageId === null) {
		addHint(
			item.context,
			`Item ${item.index}: Namirial accepted the message but returned no ID, so it cannot be looked up by its ID. It may have been discarded.`,
		);
	} else {
		api.locks.claim(message.messageId);
	}
	hintRepeatedText(item, api, sms);
	const { encoding, ...counts } = countSegments(sms.text);
	const segments = message.segments ?? counts.segments;
	return messageOutput({ ...message, to: sms.to, segments, encoding }, raw);
}

/** Sends a message that cannot be looked up. The error for a lost response says what is missing. */
async function sendWithoutLookup(api: Api, sms: Sms, onBehalf?: OnBehalf): Promise<Report> {
	try {
		return await sendSms(api, sms, onBehalf);
	} catch (error) {
		if (!(error instanceof Failure) || error.kind !== 'ambiguous') return rethrow(error);
		const missing = sms.reference?.key
			? 'Choose a Namirial SMS Status API credential in this node'
			: 'Set Reference Service and Reference Key in the options, choose a Namirial SMS Status API credential in this node';
		const description = `${error.description} ${missing}, and the node will look up such messages automatically.`;
		return rethrow(error.with({ description }));
	}
}

/** Warns about the first text that Namirial accepts but discards, because it is one too many. */
function hintRepeatedText(item: Item, api: Api, { to, text }: Sms): void {
	const key = `${to} ${text}`;
	const times = (api.sameTexts.get(key) ?? 0) + 1;
	api.sameTexts.set(key, times);
	if (times !== SAME_TEXT_LIMIT + 1) return;
	addHint(
		item.context,
		`Item ${item.index}: the same text was sent to ${to} for the third time in this run. Namirial responds as if it accepted such a text, but discards a text that was already sent twice to a number within an hour. Use Get Status to check whether the message exists.`,
	);
}
