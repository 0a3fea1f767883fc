import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { Notify } from './notify';
import { outgoingDetail, type Office, type OutgoingDetail } from './office';
import { isShortCode } from './settings';

/** A message that the network refuses is handed over so often before it is cancelled. */
const HAND_OFFS = 3;

/** Receipts of the network's entry: the carrier never had the message. */
const BEFORE_THE_CARRIER = ['090', '091'];
const INVALID_ROUTING = '091';

/** What happens to a message after it was accepted. */
export class Life {
	private readonly planned = new Map<string, () => void>();

	constructor(
		private readonly office: Office,
		private readonly notify: Notify,
	) {}

	/** @param due when it is to go out, if not now */
	start(message: StoredMessage, due?: Date): void {
		const { clock, messages, pace } = this.office.core;
		const handOver = () => clock.after(pace.sent, () => this.handOff(message, 1));
		if (due === undefined || due.getTime() <= Date.now()) {
			handOver();
			return;
		}
		const callOff = clock.after(due.getTime() - Date.now(), () => {
			this.planned.delete(message.id);
			messages.move(message, 'queued');
			handOver();
		});
		this.planned.set(message.id, callOff);
	}

	/** Only what waits for its time can be cancelled. */
	cancel(message: StoredMessage): boolean {
		const callOff = this.planned.get(message.id);
		if (callOff === undefined) return false;
		callOff();
		this.planned.delete(message.id);
		this.office.note(message, { cancelled: true });
		this.office.core.messages.move(message, 'canceled');
		return true;
	}

	clear(): void {
		this.planned.clear();
	}

	private handOff(message: StoredMessage, tries: number): void {
		const { clock, messages, numbers, pace } = this.office.core;
		if (numbers.outcome(message.handset) !== 'landline') {
			this.office.note(message, { sentAt: new Date().toISOString() });
			messages.move(message, 'sent');
			this.notify.sent(message, true);
			this.followUp(message);
			return;
		}
		this.notify.sent(message, false);
		if (tries < HAND_OFFS) {
			messages.move(message, 'queued', `refused by the network, try ${tries}`);
			clock.after(pace.handOff, () => this.handOff(message, tries + 1));
			return;
		}
		this.office.note(message, { cancelled: true });
		messages.move(message, 'failed', `refused by the network ${HAND_OFFS} times, cancelled`);
	}

	private followUp(message: StoredMessage): void {
		const { clock, numbers, pace } = this.office.core;
		const outcome = numbers.outcome(message.handset);
		const heardOf =
			message.kind === 'mms' ||
			isShortCode(message.from) ||
			this.office.settings.receipts === 'all';
		if (!heardOf || outcome === 'noReceipt') return;
		const last = finalCode(outcome);
		clock.after(pace.carrier, () => {
			if (!BEFORE_THE_CARRIER.includes(last)) this.receipt(message, '003');
			clock.after(pace.delivered, () => this.receipt(message, last));
		});
	}

	private receipt(message: StoredMessage, code: string): void {
		this.office.note(message, { code });
		const steps: Record<string, StoredMessage['status']> = {
			'000': 'delivered',
			'003': 'sent',
			'004': 'sent',
		};
		this.office.core.messages.move(message, steps[code] ?? 'undelivered', `receipt ${code}`);
		this.notify.receipt(message, code, this.backup(message, code)?.id);
	}

	/** A short code that a carrier does not route is stood in for by a long code. */
	private backup(message: StoredMessage, code: string): StoredMessage | undefined {
		const longCode = this.office.settings.numbers.find((number) => !isShortCode(number));
		if (code !== INVALID_ROUTING || !isShortCode(message.from) || longCode === undefined) {
			return undefined;
		}
		const { provider, direction, kind, to, text, reference } = message;
		const detail: OutgoingDetail = { ...outgoingDetail(message), sentAt: null, code: null };
		const backup = this.office.core.messages.add({
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

/** A number's script may be a receipt code itself: `005`. */
function finalCode(outcome: string): string {
	if (/^\d{3}$/.test(outcome)) return outcome;
	return outcome === 'undelivered' ? '024' : '000';
}
