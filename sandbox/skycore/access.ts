import type { Clock } from '../clock';
import { Refusal, refuseIf } from './codes';
import type { Fields } from './read';
import type { OrderedRefusal, SkycoreSettings } from './settings';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Refused before the action looks at its own fields. */
const AT_THE_DOOR = ['E106', 'E113', 'E120'];

/** Who may call, and how often: everything that is checked before an action's own fields. */
export class Access {
	/** When calls were let in, by the sandbox's clock. */
	private calls: Array<{ at: number; action: string }> = [];
	/** When the next message of an action may leave. */
	private readonly turns = new Map<string, number>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: SkycoreSettings,
	) {}

	/** @throws Refusal in the order of docs/providers/skycore.md 7 */
	enter(fields: Fields, action: string, sends: boolean): void {
		this.checkKey(fields);
		const { settings } = this;
		refuseIf(settings.account === 'withoutRights', 'E105');
		refuseIf(settings.account === 'notActivated', 'E109');
		refuseIf(!settings.ipAllowed, 'E112');
		const denied = settings.deniedActions.map((name) => name.toLowerCase());
		refuseIf(denied.includes(action.toLowerCase()), 'E107');
		this.checkRate(action, sends);
		const ordered = this.ordered(action, (code) => AT_THE_DOOR.includes(code));
		if (ordered !== undefined) throw new Refusal(ordered.code, ordered.info);
		this.calls.push({ at: this.clock.now(), action });
	}

	/** The refusal that was ordered for this call, apart from those of the rate; it counts down. */
	take(action: string): OrderedRefusal | undefined {
		return this.ordered(action, (code) => !AT_THE_DOOR.includes(code));
	}

	/**
	 * Sandbox milliseconds for which a further message of this action has to wait, where exceeding
	 * the throughput delays: each takes its place in a line.
	 */
	held(action: string): number {
		const { throughputPerSecond, throughputMode } = this.settings;
		if (throughputPerSecond <= 0 || throughputMode !== 'delay') return 0;
		const now = this.clock.now();
		const turn = Math.max(now, this.turns.get(action) ?? 0);
		this.turns.set(action, turn + 1_000 / throughputPerSecond);
		return turn - now;
	}

	reset(): void {
		this.calls = [];
		this.turns.clear();
	}

	private checkKey(fields: Fields): void {
		const key = fields.text('API_KEY');
		if (key !== '') {
			refuseIf(key !== this.settings.apiKey, 'E104');
			return;
		}
		refuseIf(fields.text('USER') === '', 'E102');
		refuseIf(fields.text('PASS') === '', 'E103');
		// the login that keys have replaced: nobody has one here
		throw new Refusal('E104');
	}

	private checkRate(action: string, sends: boolean): void {
		const { secondsBetweenCalls: pause, throughputPerSecond, throughputMode } = this.settings;
		const now = this.clock.now();
		this.calls = this.calls.filter(({ at }) => now - at < DAY_MS);
		const since = (milliseconds: number) => this.calls.filter(({ at }) => now - at < milliseconds);
		const info = `API can be called only every ${pause} seconds`;
		refuseIf(pause > 0 && since(pause * 1_000).length > 0, 'E106', undefined, info);
		const sent = since(1_000).filter((call) => call.action === action).length;
		const limited = sends && throughputPerSecond > 0 && throughputMode === 'refuse';
		refuseIf(limited && sent >= throughputPerSecond, 'E113');
		const { callsPerDay } = this.settings;
		refuseIf(callsPerDay > 0 && this.calls.length >= callsPerDay, 'E120');
	}

	private ordered(action: string, wanted: (code: string) => boolean): OrderedRefusal | undefined {
		const { refuseNext } = this.settings;
		const order = refuseNext.find(
			(candidate) =>
				wanted(candidate.code) &&
				(candidate.action === undefined || candidate.action.toLowerCase() === action.toLowerCase()),
		);
		if (order === undefined) return undefined;
		order.calls = (order.calls ?? 1) - 1;
		if (order.calls <= 0) refuseNext.splice(refuseNext.indexOf(order), 1);
		return order;
	}
}
