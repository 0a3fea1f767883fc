import {
	deepCopy,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { toFailure } from '../errors/failure';
import { detailsOf, toNodeError } from '../errors/nodeError';
import type { Redact } from '../errors/redact';
import { isAgentTool } from '../host/agentTool';
import { addHint } from '../host/internals';
import { Item } from '../input/item';
import { errorItem } from './errorItem';
import { type CompletedRun, FailedItem, type ItemResult } from './itemResult';

/**
 * The items of all outputs of the node, paired with their input items. Failed items are among them
 * with Continue On Fail.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item otherwise
 */
export function toOutputs(
	context: IExecuteFunctions,
	items: Item[],
	run: CompletedRun,
	redact: Redact,
): INodeExecutionData[][] {
	const { results, simplify = true, concernsItems = true } = run;
	const outputs: INodeExecutionData[][] = [[]];
	const node = context.getNode();
	const asTool = isAgentTool(context);
	const emitted = new Set<IDataObject>();
	const warnings = warningsOf(results);
	for (const { index } of items) {
		const result = results[index];
		if (result instanceof FailedItem) {
			const { nothingSent } = result;
			if (context.continueOnFail()) {
				const error = toNodeError(result.error, { node, redact, itemIndex: index, asTool });
				const details = detailsOf(result.error, nothingSent, redact);
				outputs[0].push(errorItem(error, details, index));
				continue;
			}
			const failure = mentionOthers(run, result, warnings);
			const itemIndex = concernsItems ? index : undefined;
			const error = toNodeError(failure, { node, redact, itemIndex, asTool });
			error.context.nothingSent = nothingSent;
			throw error;
		}
		const pairedItem = { item: index };
		for (const { json, raw, binary, output = 0 } of result) {
			const full = simplify || raw === undefined ? json : ({ ...json, raw } as IDataObject);
			while (outputs.length <= output) outputs.push([]);
			// two items can share one object, but changing one output item must not change another
			const shown = emitted.has(json) ? deepCopy(redact(full)) : redact(full);
			emitted.add(json);
			outputs[output].push({ json: shown, ...(binary && { binary }), pairedItem });
		}
	}
	// a workflow reads them in the items, a person beside the output
	for (const warning of warnings) addHint(context, warning);
	return outputs;
}

/** What the outputs say about their sends, each once. */
function warningsOf(results: ItemResult[]): string[] {
	const outputs = results.flatMap((result) => (result instanceof FailedItem ? [] : result));
	return [...new Set(outputs.flatMap(({ json: { warning } }) => (warning ? String(warning) : [])))];
}

const count = (items: number, what: string) =>
	items === 0 ? [] : [`${items} other ${items === 1 ? 'item' : 'items'} ${what}`];

/** With the error of one item, n8n drops the results of the others, so the error mentions them. */
function mentionOthers(
	{ results, sentItems = 0, uncertainItems = 0 }: CompletedRun,
	failed: FailedItem,
	warnings: string[],
): unknown {
	const isUncertain = (other: ItemResult) =>
		other instanceof FailedItem && other !== failed && !other.nothingSent;
	const uncertain = results.filter(isUncertain).length + uncertainItems;
	const others = [...count(sentItems, 'succeeded'), ...count(uncertain, 'may have been sent')];
	if (others.length === 0) return failed.error;
	const failure = toFailure(failed.error);
	const advice =
		'Retry On Fail does not repeat them. Set On Error to Continue to get the results of all items.';
	const sentences = [failure.description, advice, ...warnings];
	return failure.with({
		message: `${failure.message}. ${others.join(', and ')}`,
		description: sentences.filter(Boolean).join(' '),
	});
}
