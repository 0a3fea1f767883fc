import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { Notify } from './notify';
import { isShortCode } from './settings';
import { outgoingDetail, type CdyneState, type OutgoingDetail } from './state';

/** Attempts to hand a rejected message to the network before it is cancelled. */
const MAX_HAND_OFFS = 3;

/** Receipt codes for messages that never reached the carrier. */
const BEFORE_CARRIER = ['090', '091'];
const INVALID_ROUTING = '091';

/** Takes accepted messages through their statuses. */
export class Lifecycle {
	private readonly scheduled = new Map<string, () => void>();

	constructor(
		private readonly state: CdyneState,
		private readonly notify: Notify,
	) {}

	/** @param due when to send it; now by default */
	start(message: StoredMessage, due?: Date): void {
		const { clock, messages, pace } = this.state.core;
		const handOver = () => clock.after(pace.sent, () => this.handOff(message, 1));
		if (due === undefined || due.getTime() <= Date.now()) {
			handOver();
			return;
		}
		const cancel = clock.after(due.getTime() - Date.now(), () => {
			this.scheduled.delete(message.id);
			messages.setStatus(message, 'queued');
			handOver();
		});
		this.scheduled.set(message.id, cancel);
	}

	/** Cancels a message that is scheduled for later. @returns whether it was */
	cancel(message: StoredMessage): boolean {
		const cancel = this.scheduled.get(message.id);
		if (cancel === undefined) return false;
		cancel();
		this.scheduled.delete(message.id);
		this.state.update(message, { cancelled: true });
		this.state.core.messages.setStatus(message, 'canceled');
		return true;
	}

	clear(): void {
		this.scheduled.clear();
	}

	private handOff(message: StoredMessage, attempts: number): void {
		const { clock, messages, numbers, pace } = this.state.core;
		if (numbers.outcome(message.handset) !== 'landline') {
			this.state.update(message, { sentAt: new Date().toISOString() });
			messages.setStatus(message, 'sent');
			this.notify.sent(message, true);
			this.planReceipts(message);
			return;
		}
		this.notify.sent(message, false);
		if (attempts < MAX_HAND_OFFS) {
			messages.setStatus(message, 'queued', `rejected by the network, attempt ${attempts}`);
			clock.after(pace.handOff, () => this.handOff(message, attempts + 1));
			return;
		}
		this.state.update(message, { cancelled: true });
		messages.setStatus(
			message,
			'failed',
			`rejected by the network ${MAX_HAND_OFFS} times, cancelled`,
		);
	}

	private planReceipts(message: StoredMessage): void {
		const { clock, numbers, pace } = this.state.core;
		const outcome = numbers.outcome(message.handset);
		const hasReceipts =
			message.kind === 'mms' || isShortCode(message.from) || this.state.settings.receipts === 'all';
		if (!hasReceipts || outcome === 'noReceipt') return;
		const code = finalCode(outcome);
		clock.after(pace.carrier, () => {
			if (!BEFORE_CARRIER.includes(code)) this.receipt(message, '003');
			clock.after(pace.delivered, () => this.receipt(message, code));
		});
	}

	private receipt(message: StoredMessage, code: string): void {
		this.state.update(message, { code });
		const statuses: Record<string, StoredMessage['status']> = {
			'000': 'delivered',
			'003': 'sent',
			'004': 'sent',
		};
		this.state.core.messages.setStatus(message, statuses[code] ?? 'undelivered', `receipt ${code}`);
		this.notify.receipt(message, code, this.backup(message, code)?.id);
	}

	/** If the carrier does not route the short code, the message is sent again from a long code. */
	private backup(message: StoredMessage, code: string): StoredMessage | undefined {
		const longCode = this.state.settings.numbers.find((number) => !isShortCode(number));
		if (code !== INVALID_ROUTING || !isShortCode(message.from) || longCode === undefined) {
			return undefined;
		}
		const { provider, direction, kind, to, text, reference } = message;
		const detail: OutgoingDetail = { ...outgoingDetail(message), sentAt: null, code: null };
		const backup = this.state.core.messages.add({
			provider,
			direction,
			kind,
			to,
			text,
			reference,
			id: randomUUID(),
			from: longCode,
			status: 'queued',
			detail: { ...detail },
		});
		this.start(backup);
		return backup;
	}
}

/** A number's outcome may also be a receipt code: `005`. */
function finalCode(outcome: string): string {
	if (/^\d{3}$/.test(outcome)) return outcome;
	return outcome === 'undelivered' ? '024' : '000';
}
