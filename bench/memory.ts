import { CdyneTrigger } from '../nodes/Cdyne/CdyneTrigger.node';
import { credentialOf } from '../sandbox/n8n/credentials.mjs';
import { TriggerHost } from '../test/engine/trigger';
import { heldHeap } from '../test/n8n/heap.cjs';
import { inTurns } from '../test/n8n/inTurns';
import { MOST_GROWTH } from '../test/n8n/steady';
import { rowsIn, type Row } from './measure';
import { FORM, receiptOf } from './receipt';

const FEW = 10_000;
const MANY = 100_000;
const IN_FLIGHT = 10;

/** What a trigger remembers of its postbacks: over real HTTP, in n8n's engine alone. */
export async function measureMemory(report: (done: number) => void): Promise<Row[]> {
	const cdyneApi = credentialOf('http://127.0.0.1', 'cdyneApi');
	const parameters = { events: ['message.status'], additionalFields: {} };
	const host = await new TriggerHost(new CdyneTrigger(), { cdyneApi }, parameters).listen();
	const address = `${host.address()}?token=${cdyneApi.postbackToken}`;
	let posted = 0;
	const more = async () => {
		const ids = Array.from({ length: FEW }, () => `m-${posted++}`);
		await inTurns(ids, IN_FLIGHT, async (id) => await post(address, id));
		const started = host.executions.length;
		if (started !== FEW) throw new Error(`${started} of ${FEW} postbacks started the workflow.`);
		host.executions.length = 0;
		report(posted / MANY);
		return heldHeap() / 2 ** 20;
	};
	try {
		const few = { how: `after ${FEW}`, ms: await more() };
		while (posted < MANY - FEW) await more();
		const many = { how: `after ${MANY}`, ms: await more() };
		const row = rowsIn('In the engine alone').cost(
			'postbacks: memory held',
			many,
			few,
			MOST_GROWTH,
		);
		return [{ ...row, unit: 'MiB' }];
	} finally {
		await host.close();
	}
}

async function post(address: string, id: string): Promise<void> {
	const response = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': FORM },
		body: receiptOf(id),
	});
	await response.arrayBuffer();
	if (response.status !== 200) throw new Error(`The trigger answered ${response.status}.`);
}
