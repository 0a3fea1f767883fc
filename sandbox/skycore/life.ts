import type { MessageStatus, StoredMessage } from '../messages';
import { PROVIDER, type Account } from './account';
import { mmsStatus, smsStatus, type StatusOf } from './notices';

/** A message that was accepted. */
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
	/** An MMS that may not go as SMS with a link. */
	mmsOnly?: boolean;
	/** Held back so long first, in sandbox milliseconds: a throughput that delays. */
	heldMs?: number;
}

/** A step of its life: what the handset shows, and the code, status word and form that are told. */
interface Step {
	status: MessageStatus;
	code: string;
	word?: string;
	sentAs?: 'MMS' | 'SMS';
	details?: string;
}

const gaveUp = (code: string, word: string): Step => ({ status: 'undelivered', code, word });

const SMS_SENT: Step = { status: 'sent', code: 'N201' };
const SMS_LIVES: Record<string, Step[]> = {
	delivered: [SMS_SENT, { status: 'delivered', code: 'N202' }],
	undelivered: [SMS_SENT, gaveUp('E202', 'Failed')],
	expired: [SMS_SENT, gaveUp('E202', 'Expired')],
	notSupported: [SMS_SENT, gaveUp('E202', 'NotSupported')],
	landline: [{ status: 'failed', code: 'E201' }],
	noReceipt: [SMS_SENT],
};

const MMS_SENT: Step = { status: 'sent', code: 'N101' };
const MMS_LIVES: Record<string, Step[]> = {
	delivered: [MMS_SENT, { status: 'delivered', code: 'N102' }],
	undelivered: [MMS_SENT, gaveUp('E102', 'Failed')],
	expired: [MMS_SENT, gaveUp('E102', 'Expired')],
	notSupported: [MMS_SENT, gaveUp('E102', 'NotSupported')],
	refusedByCarrier: [MMS_SENT, gaveUp('E102', 'Rejected')],
	landline: [{ status: 'failed', code: 'E101', details: 'Not a mobile number' }],
	noReceipt: [MMS_SENT],
	asSms: [
		{ ...MMS_SENT, sentAs: 'SMS' },
		{ status: 'delivered', code: 'N202', sentAs: 'SMS' },
	],
};
const MMS_IMPOSSIBLE: Step[] = [{ status: 'failed', code: 'E101', details: 'MMS not supported' }];

/** Stores an accepted message and plans what becomes of it, each step with its postback. */
export function begin(account: Account, accepted: Accepted): StoredMessage {
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
	let at = (accepted.heldMs ?? 0) + pace.sent;
	for (const { status, ...step } of stepsOf(account, accepted)) {
		clock.after(at, () => {
			messages.move(message, status, step.code);
			const { id: trackingId, ...rest } = accepted;
			const of: StatusOf = { ...rest, ...step, trackingId, aggregatorId };
			of.handset = message.handset;
			const write = accepted.kind === 'sms' ? smsStatus : mmsStatus;
			account.notifier.send(write(account.settings, of));
		});
		at += pace.carrier + pace.delivered;
	}
	return message;
}

function stepsOf({ core }: Account, { kind, to, mmsOnly }: Accepted): Step[] {
	const lives = kind === 'sms' ? SMS_LIVES : MMS_LIVES;
	const outcome = core.numbers.outcome(to);
	if (outcome === 'asSms' && mmsOnly === true && kind === 'mms') return MMS_IMPOSSIBLE;
	return lives[outcome] ?? lives.delivered;
}
