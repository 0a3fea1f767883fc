import type { IDataObject } from 'n8n-workflow';
import { AccountPace } from '../nodes/shared/http/accountPace';
import { Item } from '../nodes/shared/input/item';
import { accepted } from '../nodes/shared/model/outcome';
import type { Connection, ItemOperation } from '../nodes/shared/provider/operation';
import { runItems } from '../nodes/shared/run/runItems';
import { Ledger } from '../nodes/shared/sending/ledger';
import { contextWith } from '../test/engine/harness/contexts';
import { heldHeap } from '../test/n8n/heap.cjs';
import { rowsIn, type Row } from './measure';

const { cost } = rowsIn('In the engine, without a server');

const RATES = [
	{ perSecond: 10, texts: 50, perRequest: 1 },
	{ perSecond: 200, texts: 1_000, perRequest: 1 },
	{ perSecond: 200, texts: 1_000, perRequest: 100 },
];
const MANY = 100_000;
/** Higher than it can be kept, so that the measurement takes seconds and all texts wait. */
const HIGHEST_RATE = 100_000;

/** Sends a text for each item to nobody. @returns the times of the texts, and the results */
async function send(texts: number, options: IDataObject, perRequest: number) {
	const times: number[] = [];
	const operation: ItemOperation<Connection> = {
		resource: 'message',
		operation: 'send',
		name: 'Send',
		action: 'Send',
		description: '',
		sends: true,
		outputSchema: {},
		run: async (item, _api, sends) =>
			await sends.send({
				intents: [{ recipient: String(item.index) }],
				send: async ([{ recipient }]) => {
					times.push(performance.now());
					return [accepted([{ json: { to: recipient } }])];
				},
			}),
	};
	const context = contextWith({ options });
	const redact = <T>(value: T) => value;
	const { results } = await runItems(
		{
			context,
			items: Array.from({ length: texts }, (_, index) => new Item(context, index)),
			operation,
			concurrency: 50,
			perRequest,
			simplify: true,
			api: { redact, http: { redact, pace: new AccountPace() } } as unknown as Connection,
			ledger: new Ledger(context, 'cdyne', redact),
		},
		operation,
	);
	return { times, results };
}

/** Measures how well Texts per Second is kept, and the memory that it takes. */
export async function measureRate(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const { perSecond, texts, perRequest } of RATES) {
		const { times } = await send(texts, { textsPerSecond: perSecond }, perRequest);
		const perText = (times[texts - 1] - times[0]) / (texts - perRequest);
		const inRequests = perRequest > 1 ? `, ${perRequest} in a request` : '';
		const what = `${perSecond} texts per second${inRequests}: time per text`;
		const wanted = { name: 'rate of the option', value: 1_000 / perSecond };
		rows.push(cost(what, { name: 'our node', value: perText }, wanted, 1.02));
	}
	const memoryOf = async (options: IDataObject) => {
		const before = heldHeap();
		const { results } = await send(MANY, options, 1);
		return results.length === MANY ? (heldHeap() - before) / 2 ** 20 : NaN;
	};
	const without = { name: 'without a rate', value: await memoryOf({}) };
	const withRate = { name: 'at a rate', value: await memoryOf({ textsPerSecond: HIGHEST_RATE }) };
	const row = cost('memory in use after a hundred thousand texts', withRate, without, 1.05);
	return [...rows, { ...row, unit: 'MiB' }];
}
