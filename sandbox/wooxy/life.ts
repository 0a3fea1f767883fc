import type { MessageStatus, StoredMessage } from '../messages';
import type { Notify } from './notify';
import { messageDetail, type Office } from './office';

/** What the network makes of a message, by the script of its number. */
const FATES: Record<string, string[]> = {
	delivered: ['sent', 'delivered'],
	undelivered: ['sent', 'undelivered'],
	landline: ['failed'],
	failed: ['failed'],
	// its validity period runs out without a confirmation
	expired: ['sent', 'failed'],
	noReceipt: ['sent'],
};

const STORED: Record<string, MessageStatus> = {
	queued: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	undelivered: 'undelivered',
};

/** What happens to a message after it was accepted. */
export class Life {
	constructor(
		private readonly office: Office,
		private readonly notify: Notify,
	) {}

	start(message: StoredMessage): void {
		const { clock, pace } = this.office.core;
		clock.after(pace.sent / 2, () => {
			this.become(message, 'queued');
			clock.after(pace.sent / 2, () => {
				const [first, last] = this.fate(message);
				this.become(message, first);
				if (last === undefined) return;
				clock.after(pace.carrier + pace.delivered, () => this.become(message, last));
			});
		});
	}

	/** A number's script may be a word of Wooxy's itself, or one that nobody knows: `reject`. */
	private fate({ to }: StoredMessage): string[] {
		const { core, settings } = this.office;
		if (this.office.blocks(to)) return [settings.blocked === 'reject' ? 'reject' : 'failed'];
		const outcome = core.numbers.outcome(to);
		return FATES[outcome] ?? ['sent', outcome];
	}

	private become(message: StoredMessage, status: string): void {
		messageDetail(message).status = status;
		this.office.core.messages.move(message, STORED[status] ?? 'failed', status);
		if (status === 'delivered') this.notify.delivered(message);
	}
}
