import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { Wooxy } from '../nodes/Wooxy/Wooxy.node';
import { startSandbox } from '../sandbox';
import { GOOD_TOKEN } from '../sandbox/wooxy/settings';
import { runNode } from '../test/engine/harness/engine';
import { heldHeap } from '../test/n8n/heap.cjs';
import { httpLoop } from './httpLoop';
import { type Row, rowsIn } from './measure';

const ITEMS = 10_000;
const CONCURRENT = 10;
const DOMAIN = 'shop.example';

/** Measures what an execution with very many items holds when it ends, before n8n stores it. */
export async function measureRunMemory(): Promise<Row[]> {
	const sandbox = await startSandbox({ port: 0, clockScale: 0 });
	const accessToken = GOOD_TOKEN;
	const wooxyApi = { baseUrl: `${sandbox.url}/wooxy`, accessToken };
	const held = async (node: INodeType, parameters: INodeParameters, items: IDataObject[]) => {
		sandbox.reset();
		const before = heldHeap();
		const result = await runNode({ node, parameters, credentials: { wooxyApi }, items });
		sandbox.reset();
		const bytes = heldHeap() - before;
		if (result.error ?? result.items.length !== ITEMS) throw new Error(result.error?.message);
		return bytes / 2 ** 20;
	};
	const loop = (method: string) =>
		httpLoop({
			url: `${sandbox.url}/wooxy/v3/${method}`,
			headers: { 'Access-Token': accessToken },
			concurrency: CONCURRENT,
		});
	const texts = Array.from({ length: ITEMS }, (_, index) => ({
		domain: DOMAIN,
		phoneNumber: `+3725551${String(index % 10_000).padStart(4, '0')}`,
		text: `Number ${index}`,
	}));
	const send = {
		resource: 'message',
		operation: 'send',
		domain: DOMAIN,
		to: '={{ $json.phoneNumber }}',
		message: '={{ $json.text }}',
	};
	const ids = texts.map((_, index) => String(index).padStart(24, 'a'));
	const lookUp = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
	const lookUps = ids.map((id) => ({ id }));
	const bodies = ids.map((id) => ({ ids: [id] }));
	try {
		const { cost } = rowsIn('In the engine, without a server');
		const rows = [
			cost(
				`memory in use after sending ${ITEMS} texts`,
				{ name: 'our node', value: await held(new Wooxy(), send, texts) },
				{ name: 'minimal node', value: await held(loop('sms/send'), {}, texts) },
			),
			cost(
				`memory in use after ${ITEMS} look-ups`,
				{ name: 'our node', value: await held(new Wooxy(), lookUp, lookUps) },
				{ name: 'minimal node', value: await held(loop('sms/info'), {}, bodies) },
			),
		];
		return rows.map((row) => ({ ...row, unit: 'MiB' }));
	} finally {
		await sandbox.close();
	}
}
