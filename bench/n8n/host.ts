import { randomUUID } from 'node:crypto';

import { startSandbox, type Sandbox } from '../../sandbox';
import { type Live, type N8n, node, startN8n } from '../../test/n8n/instance';
import { chain, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { cpuWhenQuiet } from './cpu';
import { CERTIFICATE } from './far';
import { type Peers, startPeers } from './peers';

/** How far away each provider is. */
export const DELAY_MS = 50;

/** What n8n calls the nodes of bench/package. */
export const BENCH = 'n8n-nodes-sms-bench.';

/** Of n8n's own nodes for other providers. */
export const PEER_TOKEN = 'only for measurements';

const START = 'Start';
const ITEMS = 'Items';

/** Milliseconds for an item, or for a postback. */
export interface Cost {
	wall: number;
	cpu: number;
}

/** A real n8n with our nodes and those of bench/package, and who they talk to. */
export class Host {
	/** Of n8n's own nodes for other providers. */
	peerCredentials: Record<string, { id: string; name: string }> = {};

	private constructor(
		readonly sandbox: Sandbox,
		readonly peers: Peers,
		readonly n8n: N8n,
	) {}

	/** @param packages tarballs of both packages */
	static async start(packages: string[]): Promise<Host> {
		// messages stay as they are, with nothing to post back
		const sandbox = await startSandbox({ port: 0, clockScale: 0 });
		const peers = await startPeers(DELAY_MS);
		const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
		let n8n: N8n | undefined;
		let isReady = false;
		try {
			n8n = await startN8n({ sandbox, packages, env });
			const host = new Host(sandbox, peers, n8n);
			await host.createPeerCredentials();
			isReady = true;
			return host;
		} finally {
			if (!isReady) await Promise.all([n8n?.stop(), sandbox.close(), peers.close()]);
		}
	}

	private async createPeerCredentials(): Promise<void> {
		const authToken = PEER_TOKEN;
		const twilio = { authType: 'authToken', accountSid: 'AC0', authToken };
		this.peerCredentials = {
			...(await this.n8n.credential('twilioApi', twilio)),
			...(await this.n8n.credential('plivoApi', { authId: 'MA0', authToken })),
		};
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await Promise.all([this.sandbox.close(), this.peers.close()]);
	}

	/** Of the one process that n8n is in regular mode. */
	get pid(): number {
		return this.n8n.processes.get('main')!.pid;
	}

	/** Publishes a workflow that makes items and hands them to this node, and answers when it is done. */
	async publish(last: NodeOfWorkflow): Promise<Live> {
		const webhook = {
			httpMethod: 'POST',
			path: randomUUID(),
			responseMode: 'lastNode',
			responseData: 'noData',
		};
		const start = node(START, 'n8n-nodes-base.webhook', webhook, { typeVersion: 2 });
		const items = node(ITEMS, `${BENCH}benchItems`, { count: '={{ $json.body.count }}' });
		return await this.n8n.publish(chain([start, items, last]));
	}

	/**
	 * Runs it once with so many items, each of which has to come out again.
	 *
	 * @returns what an item took: the time of the node itself, and the CPU of all that n8n did
	 */
	async run(live: Live, count: number): Promise<Cost> {
		const before = await cpuWhenQuiet(this.pid);
		const response = await fetch(live.address(START), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ count }),
		});
		await response.arrayBuffer();
		const cpu = (await cpuWhenQuiet(this.pid)) - before;
		const { name } = live.workflow.nodes.at(-1)!;
		const [{ id }] = await this.n8n.rest.executions(live.workflow.id);
		const { status, data } = await this.n8n.rest.execution(id);
		const [ran] = data.resultData.runData[name] ?? [];
		const out = ran?.data?.main?.[0]?.length;
		if (status !== 'success' || out !== count) {
			const why = data.resultData.error?.message ?? `${out} instead of ${count} items came out`;
			throw new Error(`${name}: ${why}`);
		}
		return { wall: ran.executionTime / count, cpu: cpu / count };
	}

	/** Begins anew: no messages, no requests, and every provider as far away as it is. */
	begin(): void {
		this.sandbox.reset();
		this.sandbox.faults.add({ kind: 'delay', ms: DELAY_MS, times: 'always' });
		this.peers.taken();
	}
}

/** A measurement of something that did not happen would look good. */
export function expectCount(what: string, found: number, wanted: number): void {
	if (found !== wanted)
		throw new Error(`${what}: the sandbox counted ${found} instead of ${wanted}.`);
}
