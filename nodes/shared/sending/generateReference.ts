import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isAgentTool } from '../host/agentTool';
import type { Item } from '../input/item';

/** References for messages that have none from the user. */

/** One seed per run: reading the token evaluates an expression, which takes about a millisecond. */
const seeds = new WeakMap<IExecuteFunctions, string | undefined>();

/**
 * A seed that an execution shares with its retries and with no other execution: the token in n8n's
 * resume URL, the node and its run. Undefined if this n8n puts no token there.
 */
function seedOf(context: IExecuteFunctions): string | undefined {
	if (seeds.has(context)) return seeds.get(context);
	let seed: string | undefined;
	try {
		const url = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		const token = URL.canParse(url) ? new URL(url).search : '';
		const run = String(context.getWorkflowDataProxy(0).$runIndex ?? 0);
		seed = token === '' ? undefined : JSON.stringify([token, context.getNode().id, run]);
	} catch {
		// references are random then, so a retry cannot find the messages sent before
	}
	seeds.set(context, seed);
	return seed;
}

/**
 * A reference for one recipient of an item, in the form of a UUID. It is the same when n8n retries
 * the execution, so that messages sent before can be found.
 *
 * @param recipients distinguishes the messages of an item
 * @param content distinguishes the calls of an agent, which uses a tool several times within a run.
 *   It is ignored elsewhere, because a text that contains the time changes with each try.
 */
export function generateReference(item: Item, recipients: string, content: string): string {
	const seed = seedOf(item.context);
	if (seed === undefined) return randomUUID();
	const call = isAgentTool(item.context) ? content : '';
	const parts = JSON.stringify([seed, item.index, recipients, call]);
	const hex = createHash('sha256').update(parts).digest('hex');
	const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
	return [...groups, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
