/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a measurement, not a node */
import { randomUUID } from 'node:crypto';

import { startSandbox, type Sandbox } from '../../sandbox';
import { type Live, type N8n, node, startN8n } from '../../test/n8n/instance';
import { chain, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { cpuWhenIdle } from './cpu';
import { CERTIFICATE } from './distantServer';
import { type Peers, startPeers } from './peers';

/** The delay of every provider. */
export const DELAY_MS = 50;

/** The prefix of the node types of bench/package. */
export const BENCH_PREFIX = 'n8n-nodes-sms-bench.';

/** The secret in the credentials of n8n's own nodes for other providers. */
export const PEER_TOKEN = 'only for measurements';

const START = 'Start';
const ITEMS = 'Items';

/** Milliseconds per item or postback. */
export interface Cost {
	wall: number;
	cpu: number;
}

/** n8n with this package's nodes and those of bench/package, and the servers that they use. */
export class Host {
	/** The credentials of n8n's own nodes for other providers. */
	peerCredentials: Record<string, { id: string; name: string }> = {};

	private constructor(
		readonly sandbox: Sandbox,
		readonly peers: Peers,
		readonly n8n: N8n,
	) {}

	/** @param packages tarballs of both packages */
	static async start(packages: string[]): Promise<Host> {
		// the clock is stopped, so that no postbacks are sent
		const sandbox = await startSandbox({ port: 0, clockScale: 0 });
		const peers = await startPeers(DELAY_MS);
		const settings = (process.env.BENCH_SETTINGS ?? '').split(' ').filter(Boolean);
		const env = {
			NODE_EXTRA_CA_CERTS: CERTIFICATE,
			...Object.fromEntries(settings.map((setting) => setting.split(/=(.*)/s, 2))),
		};
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

	/** The process id of n8n, which is a single process in regular mode. */
	get pid(): number {
		return this.n8n.processes.get('main')!.pid;
	}

	/**
	 * Publishes a workflow that creates items, passes them to this node, and responds when it has
	 * finished.
	 */
	async publish(last: NodeOfWorkflow): Promise<Live> {
		const webhook = {
			httpMethod: 'POST',
			path: randomUUID(),
			responseMode: 'lastNode',
			responseData: 'noData',
		};
		const start = node(START, 'n8n-nodes-base.webhook', webhook, { typeVersion: 2 });
		const items = node(ITEMS, `${BENCH_PREFIX}benchItems`, { count: '={{ $json.body.count }}' });
		return await this.n8n.publish(chain([start, items, last]));
	}

	/**
	 * Runs a workflow with a number of items, all of which must be output.
	 *
	 * @returns the cost per item: the time of the node, and the CPU time of n8n
	 */
	async run(live: Live, count: number): Promise<Cost> {
		const before = await cpuWhenIdle(this.pid);
		const response = await fetch(live.address(START), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ count }),
		});
		await response.arrayBuffer();
		const cpu = (await cpuWhenIdle(this.pid)) - before;
		const { name } = live.workflow.nodes.at(-1)!;
		const [{ id }] = await this.n8n.rest.executions(live.workflow.id);
		const { status, data } = await this.n8n.rest.execution(id);
		const [nodeRun] = data.resultData.runData[name] ?? [];
		const outputCount = nodeRun?.data?.main?.[0]?.length;
		if (status !== 'success' || outputCount !== count) {
			const reason =
				data.resultData.error?.message ?? `${outputCount} instead of ${count} items were output`;
			throw new Error(`${name}: ${reason}`);
		}
		return { wall: nodeRun.executionTime / count, cpu: cpu / count };
	}

	/** Deletes messages and requests, and sets the delay of every provider. */
	reset(): void {
		this.sandbox.reset();
		this.sandbox.faults.add({ kind: 'delay', ms: DELAY_MS, times: 'always' });
		this.peers.takeCount();
	}
}

/** Checks that the measured work was done. */
export function expectCount(what: string, count: number, expected: number): void {
	if (count !== expected)
		throw new Error(`${what}: the sandbox counted ${count} instead of ${expected}.`);
}
