import type { IDataObject } from 'n8n-workflow';
import type { Execution, Try } from './harness/host';
import { markerOf } from './harness/host';
import type { Accepted } from './providers/model';
import type { World } from './simulate';

/** What must hold in every history. Each function returns what is wrong, one text for each fault. */

type Invariant = (world: World) => string[];

/** One text to one recipient: an item of a round, and one of its numbers. */
interface Intent {
	round: number;
	item: number;
	to: string;
	reference: string | null;
	/** Intents that look-ups cannot tell apart, because number and reference are the same, have one. */
	group: string;
}

interface Output {
	of: Try;
	item: number;
	json: IDataObject;
	/** The intent that it is about; undefined if it names none of the item's recipients. */
	intent?: Intent;
}

const NOT_SENT = new Set<unknown>(['failed', 'unknown', 'undelivered', 'canceled']);

/** Reads a world for the invariants. */
class Reading {
	readonly intents: Intent[] = [];

	/** With Skip If Reference Exists, a reference stands for one message, or one to each number. */
	readonly skips: boolean;

	readonly isOneByOne: boolean;

	private readonly bySent = new Map<string, Intent>();

	constructor(readonly world: World) {
		const { history, model, operation } = world;
		const { rounds, settings } = history;
		this.isOneByOne = rounds.flat().every(({ to }) => to.length === 1);
		this.skips = settings.skipIfReferenceExists && operation.references;
		const times = new Map<string, number>();
		const all = rounds.flatMap((items, round) =>
			items.flatMap(({ to, reference }, item) =>
				to.map((number) => ({
					round,
					item,
					to: model.number(number),
					reference: operation.references && reference !== null ? `order-${reference}` : null,
				})),
			),
		);
		for (const { reference, to } of all) {
			if (reference === null) continue;
			const key = `${reference} ${to}`;
			times.set(key, (times.get(key) ?? 0) + 1);
		}
		for (const intent of all) {
			const { round, item, to, reference } = intent;
			const shared = `${reference} ${to}`;
			const marker = markerOf(round, item);
			let group = `${marker} ${to}`;
			if (reference !== null && this.skips) group = this.isOneByOne ? reference : shared;
			else if ((times.get(shared) ?? 0) > 1 && !this.isUnknowable(intent)) group = shared;
			const full = { ...intent, group };
			this.intents.push(full);
			this.bySent.set(`${marker} ${to}`, full);
		}
	}

	/** The intent of a message; undefined for old messages. */
	intentOf({ text, to }: { text: string; to: string }): Intent | undefined {
		return this.bySent.get(`${parseInt(text, 10)} ${to}`);
	}

	skipsFor({ reference }: Intent): boolean {
		return this.skips && reference !== null;
	}

	accepted(group: string): Accepted[] {
		return this.world.truth.messages.filter((message) => this.intentOf(message)?.group === group);
	}

	/** Messages of before this history that stand for this intent. */
	olderThan({ reference, to, round, item }: Intent): Accepted[] {
		const isOnlyOne = this.world.history.rounds[round][item].to.length === 1;
		return this.world.truth.messages.filter(
			(message) =>
				message.isOld &&
				message.status === 'accepted' &&
				message.reference === reference &&
				(message.to === to || (this.skips && isOnlyOne)),
		);
	}

	/**
	 * Whether an older message may stand for this intent: in a retry after a crash, and in retries of that
	 * one, nobody knows when the execution began, and the user has given both the same reference.
	 */
	mayStandFor(message: Accepted | undefined, { reference, to }: Intent, of: Try): boolean {
		const lineage = [...this.lineage(this.of(of.execution))].map((index) => this.of(index));
		const isForgotten = lineage.some(({ parent, hasMemory }) => parent && !hasMemory);
		if (!message?.isOld || !isForgotten) return false;
		return message.reference === reference && message.to === to;
	}

	message(id: unknown): Accepted | undefined {
		return this.world.truth.messages.find((message) => message.id === id);
	}

	of(execution: number): Execution {
		return this.world.executions[execution];
	}

	/** The execution and those that it repeats. */
	lineage(execution: Execution): Set<number> {
		const { parent } = execution;
		return new Set([execution.index, ...(parent ? this.lineage(parent) : [])]);
	}

	/** The execution and those whose memory it has. */
	remembered({ index, hasMemory, parent }: Execution): Set<number> {
		return new Set([index, ...(hasMemory && parent ? this.remembered(parent) : [])]);
	}

	/** The outputs of all tries. */
	outputs(tries = this.world.tries): Output[] {
		return tries.flatMap((of) =>
			(of.outputs ?? []).map(({ item, json }): Output => {
				const candidates = this.intents.filter(
					(intent) => intent.round === of.round && intent.item === item,
				);
				const intent =
					candidates.length === 1
						? candidates[0]
						: candidates.find(({ to }) => `+${to}` === json.to);
				return { of, item, json, intent };
			}),
		);
	}

	/** Whether the provider cannot tell what it accepted of this intent in another execution. */
	isUnknowable({ reference }: Pick<Intent, 'reference'>): boolean {
		const { operation, history } = this.world;
		if (operation.findable === 'never') return true;
		if (operation.findable === 'withReference') return reference === null || !history.canLookUp;
		// each run of a sub-workflow is a new execution, with other generated references
		return history.inSubWorkflow && reference === null;
	}
}

const hasError = ({ json }: Output) => typeof json.error === 'string';

/** Whether an output says that the provider accepted the message. */
const isSent = (output: Output) =>
	!hasError(output) && !output.json.dryRun && !NOT_SENT.has(output.json.status);

const nameOf = ({ round, item, to }: Intent) => `item ${item} of round ${round} to ${to}`;

/** Under a reference with more messages, the node may leave open who got one. */
const MAX_LOOKED_UP = 100;

const SAYS_THAT_IT_MAY_REPEAT = /again|may have|twice|before/i;

/** The provider accepted at most one message for each intent, unless nobody could know and it said so. */
function neverTwice(world: World): string[] {
	const reading = new Reading(world);
	const groups = new Map<string, Intent[]>();
	for (const intent of reading.intents) {
		groups.set(intent.group, [...(groups.get(intent.group) ?? []), intent]);
	}
	return [...groups].flatMap(([group, intents]) => {
		const accepted = reading.accepted(group);
		const [first] = intents;
		const isSkipped = reading.skipsFor(first);
		const existed = intents.every((intent) => reading.olderThan(intent).length > 0);
		const capacity = isSkipped ? (existed ? 0 : 1) : intents.length;
		const extra = accepted.filter((_, index) => index >= capacity);
		const surprising = extra.filter((message) => {
			const earlier = accepted.slice(0, accepted.indexOf(message));
			return !wasForeseen(reading, message, earlier, first);
		});
		if (surprising.length === 0) return [];
		const at = accepted.map(({ execution, attempt }) => `execution ${execution} try ${attempt}`);
		return [`${nameOf(first)}: accepted ${accepted.length} times, at ${at.join(', ')}`];
	});
}

/** Whether a repeated send could not be known to be one, and the node said so. */
function wasForeseen(
	reading: Reading,
	last: Accepted,
	earlier: Accepted[],
	intent: Intent,
): boolean {
	const { world } = reading;
	const { attempt } = last;
	const execution = reading.of(last.execution);
	const remembered = reading.remembered(execution);
	if (!reading.isUnknowable(intent)) return false;
	const sameText = earlier.filter(
		(message) => reading.intentOf(message) === reading.intentOf(last),
	);
	if (sameText.some((message) => remembered.has(message.execution))) return false;
	if (execution.end === 'crashed') return true;
	const { hints, outputs = [], error } = world.tries[attempt];
	const ofItem = outputs.filter(({ item }) => item === intent.item).map(({ json }) => json);
	const texts = [
		...hints,
		...ofItem.map(({ warning, error: text, details }) => [warning, text, details]),
		error?.message ?? '',
		error?.description ?? '',
	];
	return texts.some((text) => SAYS_THAT_IT_MAY_REPEAT.test(JSON.stringify(text)));
}

/** `nothingSent` is true only if the provider accepted nothing of the item, now and before. */
function nothingSentIsTrue(world: World): string[] {
	const reading = new Reading(world);
	return world.tries.flatMap((of) => {
		const lineage = reading.lineage(reading.of(of.execution));
		const claims = (of.outputs ?? [])
			.filter(({ json }) => (json.details as IDataObject | undefined)?.nothingSent === true)
			.map(({ item }): number | undefined => item);
		if (of.error?.nothingSent) claims.push(of.error.item);
		return claims.flatMap((item) => {
			const wrong = world.truth.messages.slice(0, of.acceptedBefore).find((message) => {
				const intent = reading.intentOf(message);
				return (
					intent?.round === of.round &&
					(item === undefined || intent.item === item) &&
					lineage.has(message.execution)
				);
			});
			if (!wrong) return [];
			return [
				`try ${of.attempt}: nothingSent for item ${item}, but ${wrong.id} to ${wrong.to} was accepted in execution ${wrong.execution}`,
			];
		});
	});
}

/** Every message ID belongs to the recipient and the text, or to the reference where that decides. */
function idsBelong(world: World): string[] {
	const reading = new Reading(world);
	return reading.outputs().flatMap(({ of, item, json, intent }) => {
		const { messageId } = json;
		if (typeof messageId !== 'string' || json.dryRun) return [];
		const place = `try ${of.attempt}, item ${item}`;
		const message = reading.message(messageId);
		// rejections have IDs too
		if (!message && json.status === 'failed') return [];
		if (!message) return [`${place}: ${messageId} is no message of the provider`];
		if (!intent) return [`${place}: "${String(json.to)}" is not a recipient of the item`];
		if (json.to !== null && json.to !== `+${message.to}`) {
			return [`${place}: ${messageId} went to ${message.to}, not to ${String(json.to)}`];
		}
		if (reading.skipsFor(intent)) {
			const isRight =
				message.reference === intent.reference && (reading.isOneByOne || message.to === intent.to);
			const isOfOne = world.history.rounds[of.round][item].to.length === 1;
			return isRight || (isOfOne && message.reference === intent.reference)
				? []
				: [`${place}: ${messageId} has another reference or recipient`];
		}
		return reading.intentOf(message)?.group === intent.group ||
			reading.mayStandFor(message, intent, of)
			? []
			: [`${place}: ${messageId} is the message "${message.text}" to ${message.to}`];
	});
}

/** `alreadySent` means that the provider had accepted the message before. */
function alreadySentIsTrue(world: World): string[] {
	const reading = new Reading(world);
	return reading.outputs().flatMap(({ of, item, json, intent }) => {
		if (json.alreadySent !== true) return [];
		const place = `try ${of.attempt}, item ${item}`;
		if (json.dryRun) return [`${place}: a dry run is output as already sent`];
		const isShared = intent !== undefined && reading.skipsFor(intent);
		const isBefore = (message: Accepted) => message.attempt < of.attempt || message.isOld;
		if (typeof json.messageId === 'string') {
			const message = reading.message(json.messageId);
			return message && (isBefore(message) || isShared)
				? []
				: [`${place}: ${json.messageId} was not accepted before`];
		}
		const accepted = intent ? reading.accepted(intent.group) : [];
		return accepted.some((message) => isBefore(message) || isShared)
			? []
			: [`${place}: already sent, but nothing was accepted before`];
	});
}

/** Each item has an output, and each message that is output as sent was accepted for its intent. */
function nobodySwallowed(world: World): string[] {
	const reading = new Reading(world);
	const faults: string[] = [];
	for (const of of world.tries) {
		if (!of.outputs) continue;
		const outputs = reading.outputs([of]);
		for (const intent of reading.intents.filter(({ round }) => round === of.round)) {
			const ofItem = outputs.filter(({ item }) => item === intent.item);
			const isCovered = ofItem.some((output) => hasError(output) || output.intent === intent);
			// a dry run does not know the numbers of a subscriber
			const mayBeLess = reading.skips || world.executions[of.execution].settings.dryRun;
			if (!isCovered && (ofItem.length === 0 || !mayBeLess)) {
				faults.push(`try ${of.attempt}: there is no output for ${nameOf(intent)}`);
			}
		}
	}
	// what the last try of each round said, in an execution and those that it repeats
	for (const execution of world.executions) {
		const lineage = reading.lineage(execution);
		const lastTries = new Map<number, Try>();
		for (const of of world.tries) {
			if (lineage.has(of.execution) && of.outputs) lastTries.set(of.round, of);
		}
		const claims = new Map<Intent, Output>();
		for (const output of reading.outputs([...lastTries.values()])) {
			const { intent, json } = output;
			if (intent && reading.mayStandFor(reading.message(json.messageId), intent, output.of))
				continue;
			if (intent && !reading.skipsFor(intent) && (isSent(output) || json.alreadySent === true)) {
				claims.set(intent, output);
			}
		}
		const byId = new Map<unknown, Intent>();
		const byGroup = new Map<string, number>();
		for (const [intent, { json }] of claims) {
			const other = byId.get(json.messageId);
			if (typeof json.messageId === 'string' && other) {
				faults.push(
					`execution ${execution.index}: ${nameOf(intent)} and ${nameOf(other)} have the same message ${json.messageId}`,
				);
			}
			byId.set(json.messageId, intent);
			byGroup.set(intent.group, (byGroup.get(intent.group) ?? 0) + 1);
		}
		for (const [group, count] of byGroup) {
			const accepted = reading.accepted(group).length;
			if (accepted < count) {
				faults.push(
					`execution ${execution.index}: ${count} message(s) of "${group}" are output as sent, and ${accepted} were accepted`,
				);
			}
		}
	}
	return [...new Set(faults)];
}

/** Without faults, everyone who certainly was not reached before is reached, and without an error. */
function cleanRunReachesAll(world: World): string[] {
	const reading = new Reading(world);
	const { history, told, truth } = world;
	return world.executions.flatMap((execution) => {
		const { index, hadFaults, end, settings, parent } = execution;
		if (hadFaults || end === 'crashed' || settings.dryRun) return [];
		if (settings.notOnRetry && parent) return [];
		const earliest = Math.min(
			...world.tries.filter((of) => of.execution === index).map(({ attempt }) => attempt),
		);
		/** Whether the node can be certain that the intent was not reached, and should reach it. */
		const isDue = (intent: Intent) => {
			const { round, item, reference, to } = intent;
			if (history.rounds[round][item].invalid) return false;
			// the numbers of a subscriber cannot be texted separately
			const others = reading.intents.filter((one) => one.round === round && one.item === item);
			const isGroup = world.operation.name.endsWith('sendToSubscriber') && others.length > 1;
			if (isGroup && others.some((one) => reading.accepted(one.group).length > 0)) return false;
			const isOpen = told.some(
				(message) =>
					message.said !== 'refused' &&
					message.attempt < earliest &&
					reading.intentOf(message) === intent,
			);
			if (isOpen) return false;
			if (reference === null) return !settings.skipIfReferenceExists || !world.operation.references;
			const sharesReference = reading.intents.filter((one) => one.reference === reference);
			const olds = truth.messages.filter(
				(message) => message.isOld && message.reference === reference,
			);
			const looksUp = reading.skipsFor(intent) || parent !== undefined;
			const known = truth.messages.filter((message) => message.reference === reference);
			if (looksUp && known.length > MAX_LOOKED_UP) return false;
			// Namirial tells the number of a message only by the list of that number
			const toNumber = truth.messages.filter((message) => message.to === to);
			if (looksUp && olds.length > 0 && toNumber.length > MAX_LOOKED_UP) return false;
			if (reading.skipsFor(intent)) {
				if (!history.canLookUp && world.operation.findable === 'withReference') return false;
				return sharesReference.length === 1 && reading.olderThan(intent).length === 0;
			}
			if (!looksUp) return true;
			if (history.numbersHidden && (sharesReference.length > 1 || olds.length > 0)) return false;
			if (olds.some((message) => message.to === to && message.status === 'accepted')) return false;
			const isAlone = sharesReference.filter((one) => one.to === to).length === 1;
			// one message for two intents, of which one is open, can be that of either
			const hasOpenRival = told.some(
				(message) =>
					message.said === 'unclear' &&
					message.attempt < earliest &&
					message.reference === reference &&
					message.to === to,
			);
			return isAlone || (execution.hasMemory && !hasOpenRival);
		};
		const last = new Map<number, Try>();
		for (const of of world.tries) if (of.execution === index) last.set(of.round, of);
		return [...last.values()].flatMap((of) => {
			const intents = reading.intents.filter(({ round }) => round === of.round);
			const { error } = of;
			if (error) {
				const blamed = intents.filter(
					({ item }) => error.item === undefined || item === error.item,
				);
				return blamed.every(isDue)
					? [`try ${of.attempt} of clean execution ${index}: ${error.message}`]
					: [];
			}
			const outputs = reading.outputs([of]);
			return intents.filter(isDue).flatMap((intent) => {
				const own = outputs.filter(
					(output) => output.intent === intent || (hasError(output) && output.item === intent.item),
				);
				const problem = own.find((output) => !isSent(output));
				if (own.length > 0 && !problem && reading.accepted(intent.group).length > 0) return [];
				// an item whose other recipients may have the message can fail as a whole
				const isShared = intents.some((one) => one.item === intent.item && !isDue(one));
				if (problem && hasError(problem) && isShared) return [];
				const text = problem ? JSON.stringify(problem.json).slice(0, 200) : 'no output or message';
				return [`clean execution ${index} did not reach ${nameOf(intent)}: ${text}`];
			});
		});
	});
}

/** Never more requests in flight than Concurrency, look-ups included. */
function concurrencyHolds(world: World): string[] {
	const { settings } = world.history;
	const { concurrency, mostInFlight: limit = Infinity } = world.model;
	const allowed = Math.min(settings.concurrency || concurrency, limit);
	return world.tries
		.filter(({ mostInFlight }) => mostInFlight > allowed)
		.map(
			({ attempt, mostInFlight }) =>
				`try ${attempt}: ${mostInFlight} requests at a time, ${allowed} allowed`,
		);
}

/** No secret of the credentials is in an output, an error, a hint or the stored execution. */
function noSecrets(world: World): string[] {
	const texts = [
		JSON.stringify(world.tries),
		...world.executions.map(({ storedText }) => storedText),
	];
	return world.model.secrets
		.filter((secret) => texts.some((text) => text.includes(secret)))
		.map((secret) => `the secret ${secret.slice(0, 4)}… is shown`);
}

/** A cancelled or rejected older message is not one that exists, and no result of this send. */
function deadMessagesDoNotCount(world: World): string[] {
	const reading = new Reading(world);
	return reading.outputs().flatMap(({ of, item, json }) => {
		const message = reading.message(json.messageId);
		return message?.isOld && message.status !== 'accepted'
			? [`try ${of.attempt}, item ${item}: the ${message.status} message ${message.id} is output`]
			: [];
	});
}

/** A dry run sends nothing. */
function dryRunsSendNothing(world: World): string[] {
	return world.tries
		.filter(({ execution, sends }) => world.executions[execution].settings.dryRun && sends > 0)
		.map(({ attempt, sends }) => `try ${attempt}: ${sends} send(s) in a dry run`);
}

export const INVARIANTS = {
	neverTwice,
	nothingSentIsTrue,
	idsBelong,
	alreadySentIsTrue,
	nobodySwallowed,
	cleanRunReachesAll,
	concurrencyHolds,
	noSecrets,
	deadMessagesDoNotCount,
	dryRunsSendNothing,
} satisfies Record<string, Invariant>;

export type InvariantName = keyof typeof INVARIANTS;

/** What is wrong in a world, by the name of the invariant. */
export function violations(
	world: World,
	names = Object.keys(INVARIANTS) as InvariantName[],
): string[] {
	return names.flatMap((name) => INVARIANTS[name](world).map((text) => `${name}: ${text}`));
}
