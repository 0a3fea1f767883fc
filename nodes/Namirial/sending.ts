import { throwInvalidInput } from '../shared/errors/failure';
import type { Item } from '../shared/input/item';
import { requireMessage } from '../shared/input/messageText';
import { accepted, type Outcome } from '../shared/model/outcome';
import type { Output } from '../shared/model/output';
import type { Sends } from '../shared/provider/sendPlan';
import { statusCallbackUrl } from '../shared/receiving/statusCallbackUrl';
import { isDryRun } from '../shared/sending/dryRun';
import { type Api, gatewayOf, statusServiceOf } from './api/connection';
import { type OnBehalf, type Reference, sendSms, type Sms } from './api/messages';
import { toPathSegment } from './api/status';
import { findByReference } from './findSentMessages';
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
export async function sendItem(
	item: Item,
	api: Api,
	sends: Sends,
	{ onBehalf, statusUrl }: SendSettings = {},
): Promise<Output[]> {
	const sms = smsOf(item, api, statusUrl);
	const { to, text, reference } = sms;
	const key = reference?.key;
	if (item.flagOption('skipIfReferenceExists')) requireLookups(api, key);
	// a dry run fails without the credential for sending too
	gatewayOf(api);
	if (isDryRun(item)) {
		return sends.dryRun([{ provider: PROVIDER, to, text, referenceId: key }]);
	}
	const canFind = reference !== undefined && key !== undefined && api.statusService !== undefined;
	return await sends.send({
		// two messages with one key can be about different actions
		intents: [
			{
				recipient: to,
				reference: key,
				scope: JSON.stringify([reference?.service, reference?.action]),
			},
		],
		isUserReference: canFind,
		send: async () => {
			const outcome = await sendSms(api, sms, onBehalf);
			if (outcome.kind === 'accepted') return [withRepeatedTextWarning(api, sms, outcome)];
			return [canFind ? outcome : withLookupAdvice(sms, outcome)];
		},
		...(canFind && { find: async () => await findByReference(api, reference, to) }),
	});
}

/** @throws Failure if the message cannot be looked up, so that a dry run fails too */
function requireLookups(api: Api, key: string | undefined): void {
	if (!key) {
		return throwInvalidInput(
			'Skip If Reference Exists is on, but the message has no Reference Key',
			'Add Reference Service and Reference Key to the options, or turn Skip If Reference Exists off.',
		);
	}
	statusServiceOf(api);
	toPathSegment(key);
}

/** Adds to an unknown outcome what is missing for looking the message up. */
function withLookupAdvice({ reference }: Sms, outcome: Outcome): Outcome {
	if (outcome.kind !== 'unknown') return outcome;
	const missing = reference?.key
		? 'Choose a Namirial SMS Status API credential in this node'
		: 'Set Reference Service and Reference Key in the options, choose a Namirial SMS Status API credential in this node';
	const description = `${outcome.failure.description} ${missing}, and the node will look up such messages automatically.`;
	return { kind: 'unknown', failure: outcome.failure.with({ description }) };
}

/** Warns about texts that Namirial accepts but discards, because they are too many. */
function withRepeatedTextWarning(
	api: Api,
	{ to, text }: Sms,
	outcome: Outcome & { kind: 'accepted' },
): Outcome {
	const key = `${to} ${text}`;
	const times = (api.sameTexts.get(key) ?? 0) + 1;
	api.sameTexts.set(key, times);
	if (times <= SAME_TEXT_LIMIT) return outcome;
	const warning = `In this run, the same text was sent to ${to} more than twice. Namirial responds as if it accepted such a text, but discards a text that was already sent twice to a number within an hour. Use Get Status to check whether the message exists.`;
	return accepted(
		outcome.outputs.map((output) => ({ ...output, json: { ...output.json, warning } })),
	);
}
