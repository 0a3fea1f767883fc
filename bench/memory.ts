import { CdyneTrigger } from '../nodes/Cdyne/CdyneTrigger.node';
import { credentialOf } from '../sandbox/n8n/credentials.mjs';
import { TriggerHost } from '../test/engine/harness/trigger';
import { heldHeap } from '../test/n8n/heap.cjs';
import { inTurns } from '../test/n8n/inTurns';
import { MAX_GROWTH } from '../test/n8n/steady';
import { rowsIn } from './measure';
import type { Row } from './measure';
import { FORM, receiptOf } from './receipt';

const FEW = 10_000;
const MANY = 100_000;
const IN_FLIGHT = 10;

/** Measures the memory that a trigger uses for its postbacks, over HTTP in n8n's engine. */
export async function measureMemory(report: (done: number) => void): Promise<Row[]> {
	const cdyneApi = credentialOf('http://127.0.0.1', 'cdyneApi');
	const parameters = { events: ['message.status'], additionalFields: {} };
	const host = await new TriggerHost(new CdyneTrigger(), { cdyneApi }, parameters).listen();
	const address = `${host.address()}?token=${cdyneApi.postbackToken}`;
	let posted = 0;
	const postMore = async () => {
		const ids = Array.from({ length: FEW }, () => `m-${posted++}`);
		await inTurns(ids, IN_FLIGHT, async (id) => await post(address, id));
		const started = host.executions.length;
		if (started !== FEW) throw new Error(`${started} of ${FEW} postbacks started the workflow.`);
		host.executions.length = 0;
		report(posted / MANY);
		return heldHeap() / 2 ** 20;
	};
	try {
		const few = { name: `after ${FEW}`, value: await postMore() };
		while (posted < MANY - FEW) await postMore();
		const many = { name: `after ${MANY}`, value: await postMore() };
		const row = rowsIn('In the engine, without a server').cost(
			'memory in use after many postbacks',
			many,
			few,
			MAX_GROWTH,
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
	if (response.status !== 200) throw new Error(`The trigger responded with ${response.status}.`);
}
