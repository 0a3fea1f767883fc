import type { MessageStatus, StoredMessage } from '../messages';
import type { Notify } from './notify';
import { messageDetail, type WooxyState } from './state';

/** The statuses of a message, by the outcome of its number. */
const SCENARIOS: Record<string, string[]> = {
	delivered: ['sent', 'delivered'],
	undelivered: ['sent', 'undelivered'],
	landline: ['failed'],
	failed: ['failed'],
	// its validity period ends without a confirmation
	expired: ['sent', 'failed'],
	noReceipt: ['sent'],
};

const STORED_STATUS: Record<string, MessageStatus> = {
	queued: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	undelivered: 'undelivered',
};

/** Takes accepted messages through their statuses. */
export class Lifecycle {
	constructor(
		private readonly state: WooxyState,
		private readonly notify: Notify,
	) {}

	start(message: StoredMessage): void {
		const { clock, pace } = this.state.core;
		clock.after(pace.sent / 2, () => {
			this.setStatus(message, 'queued');
			clock.after(pace.sent / 2, () => {
				const [first, last] = this.statuses(message);
				this.setStatus(message, first);
				if (last === undefined) return;
				clock.after(pace.carrier + pace.delivered, () => this.setStatus(message, last));
			});
		});
	}

	/** A number's outcome may also be a Wooxy status, or an undocumented one: `reject`. */
	private statuses({ to }: StoredMessage): string[] {
		const { core, settings } = this.state;
		if (this.state.isBlocked(to)) return [settings.blocked === 'reject' ? 'reject' : 'failed'];
		const outcome = core.numbers.outcome(to);
		return SCENARIOS[outcome] ?? ['sent', outcome];
	}

	private setStatus(message: StoredMessage, status: string): void {
		messageDetail(message).status = status;
		this.state.core.messages.setStatus(message, STORED_STATUS[status] ?? 'failed', status);
		if (status === 'delivered') this.notify.delivered(message);
	}
}
