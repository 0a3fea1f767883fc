import { createHash, randomUUID } from 'crypto';
import { isAgentTool, runsInsideCaller } from '../host/agentTool';
import { executionToken } from '../host/execution';
import type { Batches } from '../http/batcher';
import { outcomeOf } from '../http/sendRequest';
import type { Item } from '../input/item';
import { accepted } from '../model/outcome';
import type { Output } from '../model/output';
import type { Draft, SendPlan, Sends } from '../provider/sendPlan';
import { dryRunOutputs } from './dryRun';
import type { ItemLedger } from './itemLedger';
import type { Ledger } from './ledger';
import { outputsOf } from './results';
import { limitDrafts, type Limits, noLimits, withLimits } from './sendLimits';
import { sendPlanned } from './sendPlanned';

const REPEATED_CHANGE =
	'This execution is a retry, and the node cannot look up what the retried execution did, so this may have been done before.';

/** Fields that may contain the time, so they differ in each try of a call. */
const TEXTS = new Set(['message', 'options']);

/** What a call of a tool says: the arguments of the model, and the parameters besides the text. */
function callOf(item: Item): string {
	const { context, index } = item;
	const names = Object.keys(context.getNode().parameters ?? {}).filter((name) => !TEXTS.has(name));
	const values = names.sort().map((name) => [name, item.parameter<unknown>(name, null)]);
	const said = [context.getInputData()[index]?.json, values];
	return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

function ledgerOf(item: Item, ledger: Ledger): ItemLedger {
	const { context, index } = item;
	if (runsInsideCaller(context)) return ledger.directCall(callOf(item));
	// an agent calls a tool several times within a run
	return ledger.item(index, isAgentTool(context) ? callOf(item) : undefined);
}

/** Sends the messages of one item, and answers from the ledger what became of them. */
export class ItemSends implements Sends {
	private readonly own: ItemLedger;

	constructor(
		private readonly item: Item,
		private readonly ledger: Ledger,
		readonly batches: Batches,
		private readonly limits: Limits = noLimits(),
	) {
		this.own = ledgerOf(item, ledger);
	}

	/**
	 * Whether it is certain that the provider accepted nothing of this item, in this execution and in
	 * those that it repeats.
	 */
	get nothingSent(): boolean {
		return this.own.seesAll && this.own.outcomes.length === 0;
	}

	/** Whether the outcome of one of its messages is of this kind. */
	has(kind: 'accepted' | 'unknown'): boolean {
		return this.own.outcomes.some(({ outcome }) => outcome.kind === kind);
	}

	/** The outputs of an earlier try; undefined if there is something to send. @throws Failure */
	recall(): Output[] | undefined {
		const { isComplete, isGroup, outcomes } = this.own;
		return isComplete ? outputsOf(this.ledger.provider, outcomes, isGroup) : undefined;
	}

	/** The item has ended in this try. */
	close(hasFailed: boolean): void {
		this.own.close(hasFailed);
	}

	generateReference(recipients: string): string {
		const token = executionToken(this.item.context);
		if (token === undefined) return randomUUID();
		const generate = (...name: Array<string | number>) => {
			const hex = createHash('sha256')
				.update(JSON.stringify([token, ...name]))
				.digest('hex');
			const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
			return [...groups, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
		};
		const { key } = this.own;
		return isAgentTool(this.item.context)
			? generate(key, recipients)
			: this.ledger.reserveReference(key, recipients, generate);
	}

	async change(make: () => Promise<Output[]>): Promise<Output[]> {
		const recipient = '';
		if (this.ledger.repeats !== undefined) this.own.warning = REPEATED_CHANGE;
		const outcome = this.own.record({ recipient }, await make().then(accepted, outcomeOf));
		this.own.complete([recipient]);
		return outputsOf(this.ledger.provider, [{ recipient, outcome }]);
	}

	async send(plan: SendPlan): Promise<Output[]> {
		const limited = withLimits(this.item, this.limits, plan);
		const results = await sendPlanned(this.item, this.ledger, this.own, limited);
		return outputsOf(this.ledger.provider, results, plan.isGroup);
	}

	dryRun<Extras extends object = object>(drafts: Array<Draft & NoInfer<Extras>>): Output[] {
		return dryRunOutputs(limitDrafts(this.item, this.limits, drafts));
	}
}
