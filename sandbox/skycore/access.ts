import type { Clock } from '../clock';
import { Rejection, rejectIf } from './codes';
import type { Fields } from './read';
import type { OrderedRejection, SkycoreSettings } from './settings';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Codes that come before the checks of the action itself. */
const BEFORE_ACTION = ['E106', 'E113', 'E120'];

/** Checks who may call, and how often, before the fields of an action are checked. */
export class Access {
	/** The times of admitted calls, on the sandbox's clock. */
	private calls: Array<{ at: number; action: string }> = [];
	/** When the next message of an action may be sent. */
	private readonly nextSend = new Map<string, number>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: SkycoreSettings,
	) {}

	/** Checks in the order of docs/providers/skycore.md 7. @throws Rejection */
	check(fields: Fields, action: string, sends: boolean): void {
		this.checkKey(fields);
		const { settings } = this;
		rejectIf(settings.account === 'withoutRights', 'E105');
		rejectIf(settings.account === 'notActivated', 'E109');
		rejectIf(!settings.ipAllowed, 'E112');
		const denied = settings.deniedActions.map((name) => name.toLowerCase());
		rejectIf(denied.includes(action.toLowerCase()), 'E107');
		this.checkRate(action, sends);
		const ordered = this.takeOrdered(action, (code) => BEFORE_ACTION.includes(code));
		if (ordered !== undefined) throw new Rejection(ordered.code, ordered.info);
		this.calls.push({ at: this.clock.now(), action });
	}

	/** Takes the rejection that was ordered for this call, except those that `check` throws. */
	takeRejection(action: string): OrderedRejection | undefined {
		return this.takeOrdered(action, (code) => !BEFORE_ACTION.includes(code));
	}

	/**
	 * Reserves the next time at which a message of this action may be sent, if messages beyond the
	 * throughput are delayed.
	 * @returns the delay in sandbox milliseconds
	 */
	reserveDelay(action: string): number {
		const { throughputPerSecond, throughputMode } = this.settings;
		if (throughputPerSecond <= 0 || throughputMode !== 'delay') return 0;
		const now = this.clock.now();
		const sendAt = Math.max(now, this.nextSend.get(action) ?? 0);
		this.nextSend.set(action, sendAt + 1_000 / throughputPerSecond);
		return sendAt - now;
	}

	reset(): void {
		this.calls = [];
		this.nextSend.clear();
	}

	private checkKey(fields: Fields): void {
		const key = fields.text('API_KEY');
		if (key !== '') {
			rejectIf(key !== this.settings.apiKey, 'E104');
			return;
		}
		rejectIf(fields.text('USER') === '', 'E102');
		rejectIf(fields.text('PASS') === '', 'E103');
		// the login that API keys replaced; no account here has one
		throw new Rejection('E104');
	}

	private checkRate(action: string, sends: boolean): void {
		const { secondsBetweenCalls, throughputPerSecond, throughputMode } = this.settings;
		const now = this.clock.now();
		this.calls = this.calls.filter(({ at }) => now - at < DAY_MS);
		const since = (milliseconds: number) => this.calls.filter(({ at }) => now - at < milliseconds);
		const info = `API can be called only every ${secondsBetweenCalls} seconds`;
		const tooSoon = secondsBetweenCalls > 0 && since(secondsBetweenCalls * 1_000).length > 0;
		rejectIf(tooSoon, 'E106', undefined, info);
		const sent = since(1_000).filter((call) => call.action === action).length;
		const limited = sends && throughputPerSecond > 0 && throughputMode === 'refuse';
		rejectIf(limited && sent >= throughputPerSecond, 'E113');
		const { callsPerDay } = this.settings;
		rejectIf(callsPerDay > 0 && this.calls.length >= callsPerDay, 'E120');
	}

	private takeOrdered(
		action: string,
		matches: (code: string) => boolean,
	): OrderedRejection | undefined {
		const { refuseNext } = this.settings;
		const order = refuseNext.find(
			(candidate) =>
				matches(candidate.code) &&
				(candidate.action === undefined || candidate.action.toLowerCase() === action.toLowerCase()),
		);
		if (order === undefined) return undefined;
		order.calls = (order.calls ?? 1) - 1;
		if (order.calls <= 0) refuseNext.splice(refuseNext.indexOf(order), 1);
		return order;
	}
}
