import type { INodeProperties } from 'n8n-workflow';
import { Failure, rethrow } from '../errors/failure';
import { AccountPace } from '../http/accountPace';
import type { Item } from '../input/item';
import { failed, type Outcome } from '../model/outcome';
import type { Draft, FoundMessage, Intent, SendPlan } from '../provider/sendPlan';
import { type PutOff, quietHoursOf, quietHoursOption } from './quietHours';
import { lastToEnd, unreachedMessage } from './results';
import { textRateOf, textsPerSecondOption } from './textRate';

/** The options of every send that are about when texts go out. */
export const limitOptions: INodeProperties[] = [quietHoursOption(), textsPerSecondOption];

/** The same for sends with `schedules`. */
export const schedulingLimitOptions: INodeProperties[] = [
	quietHoursOption(true),
	textsPerSecondOption,
];

/** What limits the sends of an item. */
export interface Limits {
	pace: AccountPace;
	/** How many texts of different items one request carries. */
	perRequest: number;
	/** Whether the provider can send a message later. */
	schedules: boolean;
	/** Whether nothing is to be sent any more, because the execution is cancelled or has failed. */
	isOver(): boolean;
	/** When a wait for the message ends, so that it must not be sent later. */
	sendBefore?: Date;
	/** Whether it waits for its turn. */
	isWaiting?: boolean;
}

/** No limits but those that the options of an item set. */
export const noLimits = (): Limits => ({
	pace: new AccountPace(),
	perRequest: 1,
	schedules: false,
	isOver: () => false,
});

/**
 * The plan of an item with the limits that its options set. Each message waits for its turn (Texts
 * per Second). One that would then reach its recipient in quiet hours is refused, or is sent later.
 * Messages that a look-up finds are not affected.
 *
 * @throws Failure if an option is not valid
 */
export function withLimits(item: Item, limits: Limits, plan: SendPlan): SendPlan {
	const quietHours = quietHoursOf(item, limits.schedules);
	const rate = textRateOf(item);
	const { find, scheduledAt } = plan;
	/** When messages that were put off are sent, by recipient. */
	const times = new Map<string, string>();
	const putOff = ({ recipient }: Intent) =>
		inTime(quietHours?.putOff(recipient, scheduledAt), limits);

	/** Waits for a turn, unless it is quiet hours for all recipients anyway. */
	async function takeTurn(intents: Intent[]): Promise<void> {
		if (!rate) return;
		const open = intents.filter((intent) => !isRefused(putOff(intent)));
		if (open.length === 0) return;
		limits.isWaiting = true;
		await limits.pace.textsOf(rate.sender).turn({
			costMs: () => (open.length * 1_000) / rate.perSecond,
			size: open.length,
			together: limits.perRequest,
			isOver: limits.isOver,
		});
		limits.isWaiting = false;
	}

	const limited: SendPlan = {
		...plan,
		isScheduled:
			scheduledAt !== undefined ||
			(limits.schedules && plan.intents.some((intent) => isLater(putOff(intent)))),
		async send(intents) {
			await takeTurn(intents);
			// a turn can take hours, so quiet hours may have begun
			const decisions = intents.map(putOff);
			const open = intents.flatMap((intent, index) => {
				const decision = decisions[index];
				if (isRefused(decision)) return [];
				if (!isLater(decision)) return intent;
				times.set(intent.recipient, decision.sendAt.toISOString());
				return { ...intent, sendAt: decision.sendAt };
			});
			limited.isScheduled ||= times.size > 0;
			const sent = open.length > 0 ? await plan.send(open) : [];
			const outcomes = sent.map((outcome, index) =>
				withTime(outcome, times.get(open[index].recipient)),
			);
			return decisions.map((decision) =>
				isRefused(decision) ? failed(decision.failure) : (outcomes.shift() as Outcome),
			);
		},
		...(find && {
			async find(...request) {
				const found = await find(...request);
				return { ...found, messages: found.messages.map((one) => foundWithTime(one, times)) };
			},
		}),
	};
	return quietHours || rate ? limited : { ...plan, isScheduled: scheduledAt !== undefined };
}

/**
 * The drafts of an item in view of quiet hours.
 *
 * @throws Failure if an option is not valid, or if all recipients are in quiet hours
 */
export function limitDrafts<T extends Draft>(item: Item, limits: Limits, drafts: T[]): T[] {
	const quietHours = quietHoursOf(item, limits.schedules);
	textRateOf(item);
	const failures: Failure[] = [];
	const limited = drafts.map((draft): T => {
		const { provider, to = null, scheduledAt } = draft;
		if (draft.status === 'failed') return draft;
		const decision = inTime(quietHours?.putOff(to ?? '', scheduledAt), limits);
		if (!decision) return draft;
		if (isLater(decision)) {
			const { sendAt } = decision;
			return { ...draft, scheduledAt: sendAt, scheduledFor: sendAt.toISOString() };
		}
		failures.push(decision.failure);
		return { ...draft, ...unreachedMessage(provider, to, decision.failure) };
	});
	if (failures.length > 0 && failures.length === drafts.length) rethrow(lastToEnd(failures));
	return limited;
}

/** The decision, or a refusal if a wait for the message would be over before it is sent. */
function inTime(decision: PutOff | undefined, { sendBefore }: Limits): PutOff | undefined {
	if (!isLater(decision) || sendBefore === undefined || decision.sendAt < sendBefore)
		return decision;
	const [end, sendAt] = [sendBefore, decision.sendAt].map((time) => time.toISOString());
	const failure = new Failure({
		kind: 'quietHours',
		message: `The wait would end at ${end}, but because of quiet hours the message would be sent at ${sendAt}`,
		description:
			'Nothing was sent. Enter a later time in Max Date and Time, or set Limit Type to After Time Interval, which begins when the message is sent.',
		retryAt: sendAt,
		nothingAccepted: true,
	});
	return { failure };
}

const isRefused = (decision: PutOff | undefined): decision is { failure: Failure } =>
	decision !== undefined && 'failure' in decision;

const isLater = (decision: PutOff | undefined): decision is { sendAt: Date } =>
	decision !== undefined && 'sendAt' in decision;

/** The outcome of a message that is sent later, with the time in its outputs. */
function withTime(outcome: Outcome, scheduledFor: string | undefined): Outcome {
	if (scheduledFor === undefined || outcome.kind !== 'accepted') return outcome;
	const outputs = outcome.outputs.map((output) => ({
		...output,
		json: { ...output.json, scheduledFor },
	}));
	return { kind: 'accepted', outputs };
}

/** A message that a look-up found, with its time if it is one of those that are sent later. */
function foundWithTime(found: FoundMessage, times: ReadonlyMap<string, string>): FoundMessage {
	const { message, recipient } = found;
	const [only] = times.size === 1 ? times.values() : [];
	const scheduledFor = recipient === null ? only : times.get(recipient);
	if (scheduledFor === undefined || message.sentAt !== null || message.isFinal) return found;
	return { ...found, message: { ...message, scheduledFor } };
}
