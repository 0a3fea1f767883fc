import type { IExecuteFunctions } from 'n8n-workflow';
import type { Redact } from '../errors/redact';
import { beginTry, executionStore, repeatedExecution, runIndexOf } from '../host/execution';
import type { IntentOutcome } from '../model/outcome';
import { addToIndex, type Index, ItemLedger, type ItemRecord, toIntentOutcome } from './itemLedger';
import { ReferenceLocks } from './referenceLocks';

/** What n8n stores with the execution, by provider, so it must not contain secrets. */
interface Store {
	/** The number of tries, by node and run. */
	tries: Record<string, number>;
	/** By node, run and item. */
	items: Record<string, ItemRecord>;
}

const indexes = new WeakMap<Store, Index>();

function indexOf(store: Store): Index {
	const existing = indexes.get(store);
	if (existing) return existing;
	const index: Index = {
		messageIds: new Set(),
		byReference: new Map(),
		owners: new Map(),
		activeCalls: new Set(),
	};
	indexes.set(store, index);
	for (const [key, { intents }] of Object.entries(store.items)) {
		for (const intent of intents) addToIndex(index, key, intent);
	}
	return index;
}

/**
 * What became of each message of an execution: in all its nodes, runs and tries, as far as n8n
 * stores it. In a retry of an execution these are the messages until that execution ended. What a
 * crash lost, or what another retry of it sent, the ledger cannot see.
 *
 * The records are in the context data, which n8n keeps for all tries and stores with the execution.
 * Their keys contain the run, because otherwise the second round of a loop would send nothing. They
 * are not cleared at the end, because with Continue On Fail n8n also repeats a node that returned
 * normally.
 */
export class Ledger {
	/** How this execution repeats another one, of which the ledger may not know everything. */
	readonly repeats: 'self' | 'parent' | undefined;

	/** Coordinates the items of this run. */
	readonly locks = new ReferenceLocks();

	private readonly store: Store;

	private readonly index: Index;

	private readonly run: string;

	/** How many references were generated for the same recipients. */
	private readonly generated = new Map<string, number>();

	/**
	 * @param provider the value of `provider` in outputs
	 * @param redact masks the secrets of the run
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		readonly provider: string,
		readonly redact: Redact,
	) {
		const shared = executionStore(context) as { smsGateways?: Record<string, Store> };
		const stores = (shared.smsGateways ??= {});
		this.store = stores[provider] ??= { tries: {}, items: {} };
		const isNew = !indexes.has(this.store);
		this.index = indexOf(this.store);
		this.run = `${context.getNode().id}:${runIndexOf(context)}`;
		const hasMemory = beginTry(context, this.store.tries, this.run);
		this.repeats = repeatedExecution(context) ?? (hasMemory ? undefined : 'self');
		if (this.repeats === undefined || !isNew) return;
		// a retry makes the calls of the execution that it repeats once more
		for (const item of Object.values(this.store.items)) delete item.isDone;
	}

	/** The ledger of an item. @param call distinguishes the calls of a tool within a run */
	item(index: number, call?: string): ItemLedger {
		const key = `${this.run}:${index}`;
		return this.open(call === undefined ? key : `${key}:${call}`);
	}

	/**
	 * The ledger of a direct call of a tool. Each try of it has another run index, so the call is
	 * identified by what it says: the same call again is the next try, unless the one before it has
	 * ended well or is still in progress.
	 */
	directCall(call: string): ItemLedger {
		for (let number = 0; ; number++) {
			const key = `${this.context.getNode().id}:call:${call}:${number}`;
			if (!this.index.activeCalls.has(key) && !this.store.items[key]?.isDone) {
				this.index.activeCalls.add(key);
				return this.open(key);
			}
		}
	}

	/**
	 * Whether it is certain that nothing of an item was accepted before this try.
	 *
	 * @param isTool the calls of a tool are not told apart
	 */
	nothingSent(index: number, isTool: boolean): boolean {
		if (this.repeats !== undefined) return false;
		return isTool
			? Object.keys(this.store.items).length === 0
			: this.item(index).outcomes.length === 0;
	}

	/**
	 * A generated reference for an item. It does not depend on the position of the item, which can be
	 * another one in a retry: of the references for some recipients, each item gets the next one.
	 *
	 * @param owner the key of the item, which gets the same one in each try
	 * @param generate the reference of the run with this name and number
	 */
	reserveReference(
		owner: string,
		recipients: string,
		generate: (...name: Array<string | number>) => string,
	): string {
		for (let number = this.generated.get(recipients) ?? 0; ; number++) {
			const reference = generate(this.run, recipients, number);
			const taken = this.index.owners.get(reference);
			if (taken !== undefined && taken !== owner) continue;
			this.index.owners.set(reference, owner);
			this.generated.set(recipients, number + 1);
			return reference;
		}
	}

	/** Whether an item of this execution has this message. */
	hasMessage(messageId: string): boolean {
		return this.index.messageIds.has(messageId);
	}

	/**
	 * What became of the intents of this execution that carry a reference.
	 *
	 * @param reference with its scope
	 * @param recipient only those to this one; by default all
	 */
	underReference(reference: string | undefined, recipient?: string): IntentOutcome[] {
		const records = [...(this.index.byReference.get(reference ?? '') ?? [])];
		return records
			.filter((record) => recipient === undefined || record.recipient === recipient)
			.map(toIntentOutcome);
	}

	private open(key: string): ItemLedger {
		const { store, index, redact, repeats } = this;
		return new ItemLedger(key, store.items, index, redact, repeats === undefined);
	}
}
