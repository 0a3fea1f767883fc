import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Wooxy } from '../nodes/Wooxy/Wooxy.node';
import { startSandbox } from '../sandbox';
import type { Sandbox } from '../sandbox';
import { GOOD_TOKEN } from '../sandbox/wooxy/settings';
import { runNode } from '../test/engine/harness/engine';
import { httpLoop } from './httpLoop';
import { inTurn } from './measure';
import type { Row } from './measure';

/** The delay of the provider. */
const DELAY_MS = 20;
const SENDS = 200;
const CONCURRENT_SENDS = 5;
const LOOK_UPS = 1_000;
const CONCURRENT_LOOK_UPS = 10;
const ROUNDS = 3;
const PART = 'In the engine, without a server';
const DOMAIN = 'shop.example';

/** Measures sends and look-ups in n8n's engine, with the sandbox in this process. */
export async function measureRequests(): Promise<Row[]> {
	const sandbox = await startSandbox({ port: 0, clockScale: 0 });
	try {
		return [await measureSending(sandbox), await measureLookUps(sandbox)];
	} finally {
		await sandbox.close();
	}
}

async function measureSending(sandbox: Sandbox): Promise<Row> {
	const items = Array.from({ length: SENDS }, (_, index) => ({
		domain: DOMAIN,
		phoneNumber: `+3725551${String(index).padStart(4, '0')}`,
		text: `Number ${index}`,
	}));
	const parameters = {
		resource: 'message',
		operation: 'send',
		domain: DOMAIN,
		to: '={{ $json.phoneNumber }}',
		message: '={{ $json.text }}',
		options: { concurrency: CONCURRENT_SENDS },
	};
	const times = await inTurn(
		ROUNDS,
		async () => {
			reset(sandbox);
			await runOurNode(sandbox, parameters, items);
			expectCount(sandbox.messages.list().length, SENDS);
		},
		async () => {
			reset(sandbox);
			await runLoop(sandbox, 'sms/send', 1, items);
			expectCount(sandbox.messages.list().length, SENDS);
		},
	);
	return {
		part: PART,
		what: `${SENDS} sends, ${DELAY_MS} ms per request: time`,
		kind: 'gain',
		ours: { name: `our node, ${CONCURRENT_SENDS} concurrent requests`, value: times.ours },
		other: { name: 'sequential requests', value: times.other },
	};
}

async function measureLookUps(sandbox: Sandbox): Promise<Row> {
	const ids = Array.from({ length: LOOK_UPS }, (_, index) => String(index).padStart(24, 'a'));
	const parameters = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
	const times = await inTurn(
		ROUNDS,
		async () => {
			reset(sandbox);
			await runOurNode(
				sandbox,
				parameters,
				ids.map((id) => ({ id })),
			);
			expectCount(sandbox.requests.count('wooxy', 'sms/info'), LOOK_UPS / 100);
		},
		async () => {
			reset(sandbox);
			const bodies = ids.map((id) => ({ ids: [id] }));
			await runLoop(sandbox, 'sms/info', CONCURRENT_LOOK_UPS, bodies);
			expectCount(sandbox.requests.count('wooxy', 'sms/info'), LOOK_UPS);
		},
	);
	return {
		part: PART,
		what: `status of ${LOOK_UPS} messages, ${DELAY_MS} ms per request: time`,
		kind: 'gain',
		ours: { name: 'our node, 100 ids per request', value: times.ours },
		other: { name: `a request per id, ${CONCURRENT_LOOK_UPS} concurrent`, value: times.other },
	};
}

function reset(sandbox: Sandbox): void {
	sandbox.reset();
	sandbox.faults.add({ provider: 'wooxy', kind: 'delay', ms: DELAY_MS, times: 'always' });
}

async function runOurNode(sandbox: Sandbox, parameters: INodeParameters, items: IDataObject[]) {
	const credential = { baseUrl: `${sandbox.url}/wooxy`, accessToken: GOOD_TOKEN };
	const credentials = { wooxyApi: credential };
	const { error } = await runNode({ node: new Wooxy(), parameters, credentials, items });
	if (error) throw new Error(error.message);
}

async function runLoop(
	sandbox: Sandbox,
	method: string,
	concurrency: number,
	items: IDataObject[],
) {
	const url = `${sandbox.url}/wooxy/v3/${method}`;
	const node = httpLoop({ url, headers: { 'Access-Token': GOOD_TOKEN }, concurrency });
	const { error } = await runNode({ node, parameters: {}, items });
	if (error) throw new Error(error.message);
}

/** Checks that the measured work was done. */
function expectCount(count: number, expected: number): void {
	if (count !== expected) throw new Error(`The sandbox counted ${count} instead of ${expected}.`);
}
