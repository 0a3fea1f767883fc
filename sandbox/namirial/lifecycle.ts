import type { StoredMessage } from '../messages';
import type { Core, Pace } from '../simulator';
import { detailOf, STORED_STATUS, type UpstreamReport, type WireStatus } from './message';
import type { Notify } from './notify';
import { timestamp, type NamirialSettings } from './settings';

interface Step {
	status: WireStatus;
	/** The delay before this step. */
	after: keyof Pace;
	upstream: UpstreamReport;
	channel?: 'SMS' | 'RCS';
}

interface Scenario {
	channel: 'SMS' | 'RCS';
	steps: Step[];
}

const SENT: Step = { status: 'SENT', after: 'sent', upstream: { status: 'sent', code: '0' } };
const DELIVERED: Step = {
	status: 'DELIVERED',
	after: 'delivered',
	upstream: { status: 'delivered', code: '0' },
};
const READ: Step = {
	status: 'READ',
	after: 'delivered',
	upstream: { status: 'read', code: '0' },
};
const UNDELIVERED: Step = {
	status: 'UNDELIVERED',
	after: 'delivered',
	upstream: { status: 'failed', code: '30007', message: 'Number Blocked by Carrier' },
};
const REJECTED: Step = {
	status: 'REJECTED',
	after: 'sent',
	upstream: { status: 'rejected', code: '30008', message: 'Rejected by Carrier' },
};

/** The lifecycle of an accepted message, by the outcome of its number. */
const SCENARIOS: Record<string, Scenario> = {
	delivered: { channel: 'SMS', steps: [SENT, DELIVERED] },
	undelivered: { channel: 'SMS', steps: [SENT, UNDELIVERED] },
	noReceipt: { channel: 'SMS', steps: [SENT] },
	rejectedLater: { channel: 'SMS', steps: [REJECTED] },
	rcs: { channel: 'RCS', steps: [SENT, DELIVERED] },
	rcsRead: { channel: 'RCS', steps: [SENT, DELIVERED, READ] },
	rcsFallback: { channel: 'RCS', steps: [SENT, { ...DELIVERED, channel: 'SMS' }] },
};

/** Returns the scenario of an outcome. Unknown outcomes are treated as `delivered`. */
export function scenarioOf(outcome: string): Scenario {
	return SCENARIOS[outcome] ?? SCENARIOS.delivered;
}

/** Takes accepted messages through their statuses, and notifies the webhook of each. */
export class Lifecycle {
	constructor(
		private readonly core: Core,
		private readonly settings: NamirialSettings,
		private readonly notify: Notify,
	) {}

	start(message: StoredMessage, outcome: string): void {
		this.plan(message, scenarioOf(outcome).steps);
	}

	private plan(message: StoredMessage, [step, ...rest]: Step[]): void {
		if (step === undefined) return;
		this.core.clock.after(this.core.pace[step.after], () => {
			if (step.status !== 'SENT' || this.settings.reportSent) this.apply(message, step);
			this.plan(message, rest);
		});
	}

	private apply(stored: StoredMessage, step: Step): void {
		const { message, webhook } = detailOf(stored);
		message.status = step.status;
		message.statusChangedAt = timestamp(this.settings);
		message.channel = step.channel ?? message.channel;
		message.provider = {
			name: message.provider.name,
			id: message.provider.id,
			...step.upstream,
		};
		stored.kind = message.channel === 'RCS' ? 'rcs' : 'sms';
		this.core.messages.setStatus(stored, STORED_STATUS[step.status], step.status);
		if (webhook !== null) this.notify.send(stored, webhook);
	}
}
