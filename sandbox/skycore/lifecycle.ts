import type { MessageStatus, StoredMessage } from '../messages';
import type { Account } from './account';
import { mmsStatus, smsStatus, type StatusDetails } from './notices';
import { PROVIDER } from './provider';

/** An accepted message. */
export interface Accepted {
	kind: 'sms' | 'mms';
	id: string;
	to: string;
	from: string;
	text: string;
	fromMask?: string;
	subject?: string;
	mediaUrls?: string[];
	mmsId?: string;
	campaignRef?: string;
	subscriberRef?: string;
	/** Whether the MMS must not be sent as an SMS with a link. */
	mmsOnly?: boolean;
	/** Delay before it is sent, in sandbox milliseconds, because of the throughput limit. */
	delayMs?: number;
}

/** A step of the lifecycle: the status on the handset, and the contents of the postback. */
interface Step {
	status: MessageStatus;
	code: string;
	reason?: string;
	sentAs?: 'MMS' | 'SMS';
	details?: string;
}

const undelivered = (code: string, reason: string): Step => ({
	status: 'undelivered',
	code,
	reason,
});

const SMS_SENT: Step = { status: 'sent', code: 'N201' };
const SMS_SCENARIOS: Record<string, Step[]> = {
	delivered: [SMS_SENT, { status: 'delivered', code: 'N202' }],
	undelivered: [SMS_SENT, undelivered('E202', 'Failed')],
	expired: [SMS_SENT, undelivered('E202', 'Expired')],
	notSupported: [SMS_SENT, undelivered('E202', 'NotSupported')],
	landline: [{ status: 'failed', code: 'E201' }],
	noReceipt: [SMS_SENT],
};

const MMS_SENT: Step = { status: 'sent', code: 'N101' };
const MMS_SCENARIOS: Record<string, Step[]> = {
	delivered: [MMS_SENT, { status: 'delivered', code: 'N102' }],
	undelivered: [MMS_SENT, undelivered('E102', 'Failed')],
	expired: [MMS_SENT, undelivered('E102', 'Expired')],
	notSupported: [MMS_SENT, undelivered('E102', 'NotSupported')],
	refusedByCarrier: [MMS_SENT, undelivered('E102', 'Rejected')],
	landline: [{ status: 'failed', code: 'E101', details: 'Not a mobile number' }],
	noReceipt: [MMS_SENT],
	asSms: [
		{ ...MMS_SENT, sentAs: 'SMS' },
		{ status: 'delivered', code: 'N202', sentAs: 'SMS' },
	],
};
const MMS_NOT_SUPPORTED: Step[] = [
	{ status: 'failed', code: 'E101', details: 'MMS not supported' },
];

/** Stores an accepted message and schedules the steps of its lifecycle, each with a postback. */
export function startMessage(account: Account, accepted: Accepted): StoredMessage {
	const { clock, messages, pace } = account.core;
	const message = messages.add({
		provider: PROVIDER,
		id: accepted.id,
		direction: 'out',
		kind: accepted.kind,
		from: accepted.fromMask || accepted.from,
		to: accepted.to,
		text: accepted.text,
		subject: accepted.subject ?? null,
		mediaUrls: accepted.mediaUrls ?? [],
		status: 'queued',
		detail: {
			shortCode: accepted.from,
			mmsId: accepted.mmsId ?? null,
			campaignRef: accepted.campaignRef ?? null,
			subscriberRef: accepted.subscriberRef ?? null,
		},
	});
	const aggregatorId = account.ids.aggregator();
	let at = (accepted.delayMs ?? 0) + pace.sent;
	for (const { status, ...step } of stepsOf(account, accepted)) {
		clock.after(at, () => {
			messages.setStatus(message, status, step.code);
			const { id: trackingId, ...rest } = accepted;
			const details: StatusDetails = { ...rest, ...step, trackingId, aggregatorId };
			details.handset = message.handset;
			const write = accepted.kind === 'sms' ? smsStatus : mmsStatus;
			account.notifier.send(write(account.settings, details));
		});
		at += pace.carrier + pace.delivered;
	}
	return message;
}

function stepsOf({ core }: Account, { kind, to, mmsOnly }: Accepted): Step[] {
	const scenarios = kind === 'sms' ? SMS_SCENARIOS : MMS_SCENARIOS;
	const outcome = core.numbers.outcome(to);
	if (outcome === 'asSms' && mmsOnly === true && kind === 'mms') return MMS_NOT_SUPPORTED;
	return scenarios[outcome] ?? scenarios.delivered;
}
