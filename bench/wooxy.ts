import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Wooxy } from '../nodes/Wooxy/Wooxy.node';
import { startSandbox, type Sandbox } from '../sandbox';
import { GOOD_TOKEN } from '../sandbox/wooxy/settings';
import { runNode } from '../test/engine/engine';
import { httpLoop } from './httpLoop';
import { inTurn, type Row } from './measure';

/** A provider that is near. */
const DELAY_MS = 20;
const SENDS = 200;
const SENDS_AT_ONCE = 5;
const LOOK_UPS = 1_000;
const LOOK_UPS_AT_ONCE = 10;
const ROUNDS = 3;
const PART = 'In the engine alone';
const DOMAIN = 'shop.example';

/** Both through n8n's real engine, against the sandbox in this process. */
export async function measureRequests(): Promise<Row[]> {
	const sandbox = await startSandbox({ port: 0, clockScale: 0 });
	try {
		return [await sending(sandbox), await lookingUp(sandbox)];
	} finally {
		await sandbox.close();
	}
}

async function sending(sandbox: Sandbox): Promise<Row> {
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
		options: { concurrency: SENDS_AT_ONCE },
	};
	const took = await inTurn(
		ROUNDS,
		async () => {
			begin(sandbox);
			await runOurs(sandbox, parameters, items);
			expectCount(sandbox.messages.list().length, SENDS);
		},
		async () => {
			begin(sandbox);
			await runLoop(sandbox, 'sms/send', 1, items);
			expectCount(sandbox.messages.list().length, SENDS);
		},
	);
	return {
		part: PART,
		what: `${SENDS} sends, ${DELAY_MS} ms each at the provider`,
		shows: 'gain',
		ours: { how: `our node, ${SENDS_AT_ONCE} at once`, ms: took.ours },
		other: { how: 'requests one after another', ms: took.other },
	};
}

async function lookingUp(sandbox: Sandbox): Promise<Row> {
	const ids = Array.from({ length: LOOK_UPS }, (_, index) => String(index).padStart(24, 'a'));
	const parameters = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
	const took = await inTurn(
		ROUNDS,
		async () => {
			begin(sandbox);
			await runOurs(
				sandbox,
				parameters,
				ids.map((id) => ({ id })),
			);
			expectCount(sandbox.requests.count('wooxy', 'sms/info'), LOOK_UPS / 100);
		},
		async () => {
			begin(sandbox);
			const bodies = ids.map((id) => ({ ids: [id] }));
			await runLoop(sandbox, 'sms/info', LOOK_UPS_AT_ONCE, bodies);
			expectCount(sandbox.requests.count('wooxy', 'sms/info'), LOOK_UPS);
		},
	);
	return {
		part: PART,
		what: `the status of ${LOOK_UPS} messages, ${DELAY_MS} ms each request`,
		shows: 'gain',
		ours: { how: 'our node, 100 ids a request', ms: took.ours },
		other: { how: `a request each, ${LOOK_UPS_AT_ONCE} at once`, ms: took.other },
	};
}

function begin(sandbox: Sandbox): void {
	sandbox.reset();
	sandbox.faults.add({ provider: 'wooxy', kind: 'delay', ms: DELAY_MS, times: 'always' });
}

async function runOurs(sandbox: Sandbox, parameters: INodeParameters, items: IDataObject[]) {
	const credential = { baseUrl: `${sandbox.url}/wooxy`, accessToken: GOOD_TOKEN };
	const credentials = { wooxyApi: credential };
	const { error } = await runNode({ node: new Wooxy(), parameters, credentials, items });
	if (error) throw new Error(error.message);
}

async function runLoop(sandbox: Sandbox, method: string, atOnce: number, items: IDataObject[]) {
	const url = `${sandbox.url}/wooxy/v3/${method}`;
	const node = httpLoop({ url, headers: { 'Access-Token': GOOD_TOKEN }, atOnce });
	const { error } = await runNode({ node, parameters: {}, items });
	if (error) throw new Error(error.message);
}

/** A measurement of something that did not happen would look good. */
function expectCount(found: number, wanted: number): void {
	if (found !== wanted) throw new Error(`The sandbox counted ${found} instead of ${wanted}.`);
}
