/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { CdyneTrigger } from '../nodes/Cdyne/CdyneTrigger.node';
import { credentialOf } from '../sandbox/n8n/credentials.mjs';
import { TriggerHost } from '../test/engine/trigger';
import { rowsIn, type Row } from './measure';

const FEW = 10_000;
const MANY = 100_000;
const IN_FLIGHT = 10;
/** As in a soak: the noise of a heap that is steady. */
const MOST_GROWTH = 1.1;

/** What is left once there is nothing to collect, in MiB. */
function heap(): number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	collect();
	return process.memoryUsage().heapUsed / 2 ** 20;
}

/** What a trigger remembers of its postbacks: over real HTTP, in n8n's engine alone. */
export async function measureMemory(report: (done: number) => void): Promise<Row[]> {
	const cdyneApi = credentialOf('http://127.0.0.1', 'cdyneApi');
	const parameters = { events: ['message.status'], additionalFields: {} };
	const host = await new TriggerHost(new CdyneTrigger(), { cdyneApi }, parameters).listen();
	const address = `${host.address()}?token=${cdyneApi.postbackToken}`;
	let posted = 0;
	const more = async () => {
		const end = posted + FEW;
		const work = async () => {
			while (posted < end) await post(address, `m-${posted++}`);
		};
		await Promise.all(Array.from({ length: IN_FLIGHT }, work));
		const started = host.executions.length;
		if (started !== FEW) throw new Error(`${started} of ${FEW} postbacks started the workflow.`);
		host.executions.length = 0;
		report(posted / MANY);
		return heap();
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
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({
			DeliveryReceipt: '1',
			MessageID: id,
			FromPhoneNumber: '55512',
			ToPhoneNumber: '17575550142',
			DeliveryReceiptMessage: 'stat:DELIVRD err:000',
			Code: '000',
		}),
	});
	await response.arrayBuffer();
	if (response.status !== 200) throw new Error(`The trigger answered ${response.status}.`);
}
