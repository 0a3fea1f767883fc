import { deepCopy } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem } from './errorItem';
import { asFailure } from './errors';
import { Item } from './item';
import { detailsOf, toNodeError } from './nodeError';
import type { Redact } from './redact';
import { Failed } from './result';
import type { Done, Result } from './result';
import { isTool } from './tool';

/** What leaves the node: every item's outputs or its error, paired, by output. */
export function collect(
	context: IExecuteFunctions,
	items: Item[],
	{ results, simplify = true, sends = false, isItems = true }: Extract<Done, { results: Result[] }>,
	redact: Redact,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[]];
	const node = context.getNode();
	const asTool = isTool(context);
	const left = new Set<IDataObject>();
	for (const { index } of items) {
		const result = results[index];
		if (result instanceof Failed) {
			const { nothingSent } = result;
			if (context.continueOnFail()) {
				const error = toNodeError(result.error, { node, redact, itemIndex: index, asTool });
				const details = detailsOf(result.error, nothingSent, redact);
				outputs[0].push(errorItem(error, details, index));
				continue;
			}
			const told = sends ? tellOthers(result.error, results) : result.error;
			const itemIndex = isItems ? index : undefined;
			const error = toNodeError(told, { node, redact, itemIndex, asTool });
			error.context.nothingSent = nothingSent;
			throw error;
		}
		const pairedItem = { item: index };
		for (const { json, raw, binary, output = 0 } of result) {
			const full = simplify || raw === undefined ? json : ({ ...json, raw } as IDataObject);
			while (outputs.length <= output) outputs.push([]);
			// two items asked for the same: whoever changes the one must not change the other
			const shown = left.has(json) ? deepCopy(redact(full)) : redact(full);
			left.add(json);
			outputs[output].push({ json: shown, ...(binary && { binary }), pairedItem });
		}
	}
	return outputs;
}

/** n8n drops the results of the other items with the error of one: it has to say what is out. */
function tellOthers(error: unknown, results: Result[]): unknown {
	const sent = results.filter((result) => Array.isArray(result) && result.length > 0).length;
	if (sent === 0) return error;
	const failure = asFailure(error);
	const others = sent === 1 ? '1 other item went through' : `${sent} other items went through`;
	const advice =
		'What went through is not done again by Retry On Fail. Set On Error to Continue to get the results of all items.';
	return failure.with({
		message: `${failure.message}. ${others}`,
		description: failure.description ? `${failure.description} ${advice}` : advice,
	});
}
