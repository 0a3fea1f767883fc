import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Item } from './item';
import { isTool } from './tool';

/** References that the node makes up where the user gave none. */

/** By the run of a node: reading the token is an expression, which costs about a millisecond. */
const seeds = new WeakMap<IExecuteFunctions, string | undefined>();

/**
 * What a retry of an execution has in common with the execution that it repeats, and with no other:
 * the token in n8n's resume address, the node and its run. Undefined where the host has no token.
 */
function seedOf(context: IExecuteFunctions): string | undefined {
	if (seeds.has(context)) return seeds.get(context);
	let seed: string | undefined;
	try {
		const address = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		const token = URL.canParse(address) ? new URL(address).search : '';
		const run = String(context.getWorkflowDataProxy(0).$runIndex ?? 0);
		seed = token === '' ? undefined : JSON.stringify([token, context.getNode().id, run]);
	} catch {
		// without it the reference is a new one, which only a retry would notice
	}
	seeds.set(context, seed);
	return seed;
}

/**
 * A reference for one recipient of an item, in the form of a UUID. It is the same when n8n retries
 * the execution, so that what went out before can be found.
 *
 * @param recipients tell the messages of an item apart
 * @param content tells the calls of an agent apart, who uses a tool several times within a run;
 *   elsewhere it does not count, as a text with the time in it differs from try to try
 */
export function makeReference(item: Item, recipients: string, content: string): string {
	const seed = seedOf(item.context);
	if (seed === undefined) return randomUUID();
	const call = isTool(item.context) ? content : '';
	const parts = JSON.stringify([seed, item.index, recipients, call]);
	const hex = createHash('sha256').update(parts).digest('hex');
	const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
	return [...groups, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
