import type { IDataObject } from 'n8n-workflow';
import { Failure, type FailureFacts } from '../errors/failure';
import type { Redact } from '../errors/redact';
import { markAlreadySent, type SmsStatus } from '../model/message';
import { accepted, type IntentOutcome, type Outcome, UNTRIED } from '../model/outcome';
import { fullReference, type Intent } from '../provider/sendPlan';

/** The records of the messages of one item, as n8n stores them. */

/** What is remembered of an intent: what the provider accepted, or may have accepted. */
export interface IntentRecord {
	recipient: string;
	reference?: string;
	/** The output of each message. */
	accepted?: IDataObject[];
	unknown?: FailureFacts;
	/** Of an unknown outcome: what the response said about each message. */
	described?: IDataObject[];
}

export interface ItemRecord {
	intents: IntentRecord[];
	/** The outputs of the intent are about several people. */
	isGroup?: boolean;
	/** All recipients have the message, or may have it. Not while it is being sent. */
	isComplete?: boolean;
	/** A direct call of a tool that ended well: the same call again is a new one. */
	isDone?: boolean;
}

/** The records by what they are looked up by, which n8n does not store. */
export interface Index {
	messageIds: Set<string>;
	byReference: Map<string, Set<IntentRecord>>;
	/** The keys of the items by the references that they use. */
	owners: Map<string, string>;
	/** The keys of the direct calls of tools that are in progress. */
	activeCalls: Set<string>;
}

export function addToIndex(index: Index, key: string, intent: IntentRecord): void {
	for (const { messageId } of intent.accepted ?? []) {
		if (typeof messageId === 'string') index.messageIds.add(messageId);
	}
	const { reference } = intent;
	if (reference === undefined) return;
	const intents = index.byReference.get(reference) ?? new Set();
	index.byReference.set(reference, intents.add(intent));
	index.owners.set(reference, key);
}

/** A text with a warning at its end, once. */
function withWarning(text: unknown, warning: string): string {
	if (typeof text !== 'string' || text === '') return warning;
	return text.includes(warning) ? text : `${text} ${warning}`;
}

/** In a group, some messages may not have been accepted. */
const NOT_SENT: readonly unknown[] = ['failed', 'unknown'] satisfies SmsStatus[];

function recalledOutcome({ accepted: messages, unknown, described }: IntentRecord): Outcome {
	if (messages) {
		const mark = (json: IDataObject) =>
			NOT_SENT.includes(json.status) ? json : markAlreadySent(json);
		return accepted(messages.map((json) => ({ json: mark(json) })));
	}
	if (!unknown) return UNTRIED;
	const outputs = described?.map((json) => ({ json }));
	return { kind: 'unknown', failure: new Failure(unknown), outputs };
}

export function toIntentOutcome(intent: IntentRecord): IntentOutcome {
	return { recipient: intent.recipient, outcome: recalledOutcome(intent) };
}

/** What became of the messages of one item. */
export class ItemLedger {
	/** What the outputs or the error of this item must say. */
	warning?: string;

	/**
	 * @param key identifies the item within the execution and its retries
	 * @param seesAll whether everything that was sent for this item is in the ledger, or was looked up
	 */
	constructor(
		readonly key: string,
		private readonly items: Record<string, ItemRecord>,
		private readonly index: Index,
		private readonly redact: Redact,
		public seesAll: boolean,
	) {}

	/** What became of each intent that was accepted, or may have been. */
	get outcomes(): IntentOutcome[] {
		return (this.items[this.key]?.intents ?? []).map(toIntentOutcome);
	}

	/** Whether all recipients have the message, or may have it. */
	get isComplete(): boolean {
		return this.items[this.key]?.isComplete ?? false;
	}

	get isGroup(): boolean {
		return this.items[this.key]?.isGroup ?? false;
	}

	/**
	 * Notes what became of an intent. What was refused or not tried leaves no trace.
	 *
	 * @returns the outcome without secrets and with the warning of this item
	 */
	record(intent: Intent, outcome: Outcome): Outcome {
		const { recipient } = intent;
		const noted = this.finished(outcome);
		if (noted.kind !== 'accepted' && noted.kind !== 'unknown') return noted;
		const item = (this.items[this.key] ??= { intents: [] });
		let record = item.intents.find((one) => one.recipient === recipient);
		if (!record) item.intents.push((record = { recipient, reference: fullReference(intent) }));
		const outputs = noted.outputs?.map(({ json }) => json);
		if (noted.kind === 'accepted') record.accepted = outputs;
		else {
			const { kind, message, description, code, httpStatus } = noted.failure;
			record.unknown = { kind, message, description, code, httpStatus };
			if (outputs) record.described = outputs;
		}
		addToIndex(this.index, this.key, record);
		return noted;
	}

	/** Notes that the next try has nobody to send to. @param order the recipients, for the outputs */
	complete(order: string[], isGroup?: boolean): void {
		const item = this.items[this.key];
		if (!item) return;
		const positions = new Map(order.map((recipient, position) => [recipient, position]));
		const positionOf = ({ recipient }: IntentRecord) => positions.get(recipient) ?? 0;
		item.intents.sort((one, other) => positionOf(one) - positionOf(other));
		item.isComplete = true;
		if (isGroup) item.isGroup = isGroup;
	}

	/** Notes the end of the item in this try. */
	close(hasFailed: boolean): void {
		this.index.activeCalls.delete(this.key);
		if (this.items[this.key]) this.items[this.key].isDone = !hasFailed;
	}

	private finished(outcome: Outcome): Outcome {
		const { warning, redact } = this;
		if (outcome.kind === 'untried') return outcome;
		const outputs = outcome.outputs?.map((output) => {
			const json = redact(output.json);
			if (warning === undefined) return { ...output, json };
			return { ...output, json: { ...json, warning: withWarning(json.warning, warning) } };
		});
		if (outcome.kind === 'accepted') return accepted(outputs ?? []);
		const { message, description, code } = outcome.failure;
		const words = warning === undefined ? description : withWarning(description, warning);
		const failure = outcome.failure.with(redact({ message, description: words, code }));
		return { ...outcome, failure, outputs };
	}
}
