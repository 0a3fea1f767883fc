/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox';
import { sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import { until } from '../engine/harness/until';
import { Composed } from './composed';
import { node, type Live } from './instance';

/** The services of examples/docker-compose.queue.yml: up, killed and up again. */

const TIMEOUT_MS = 300_000;

/** The postback token in the credential for the sandbox. */
const TOKEN = sandboxCredentials('http://127.0.0.1').find(({ type }) => type === 'cdyneApi')!.data
	.postbackToken;

describe('docker-compose.queue.yml', () => {
	let sandbox: Sandbox;
	const composed = new Composed();
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 300, carrier: 100, delivered: 100 } });
		await composed.start(sandbox);
	}, TIMEOUT_MS);
	afterAll(async () => {
		await composed.stop();
		await sandbox?.close();
	});

	it('starts processes that are healthy', async () => {
		expect(await composed.healthy()).toEqual(['main', 'webhook', 'worker-1', 'worker-2']);
	});

	it('its proxy leads to the editor', async () => {
		const response = await fetch(`${composed.url}/signin`);
		expect(await response.text()).toContain('<title>n8n.io');
	});

	it('a wait ends with a postback through the proxy', async () => {
		const live = await composed.n8n.publish([
			node('Wait', 'cdyne', {
				resource: 'message',
				operation: 'sendAndWaitForDelivery',
				to: '={{ $json.to }}',
				message: 'Your code is 1234',
			}),
		]);
		const run = await live.start([{ to: '+17575550142' }]);
		await live.unpublish();
		expect(run.json('Wait')).toMatchObject([{ outcome: 'delivered' }]);
		const [{ url }] = sandbox.postbacks.list();
		expect(new URL(url).origin).toBe(composed.url);
	});

	/** Posts one postback after another until it is ended. */
	function keepPosting(live: Live) {
		const responses: Array<{ id: string; status: number }> = [];
		const url = `${live.address('Trigger')}?token=${TOKEN}`;
		let isOver = false;
		const post = async () => {
			while (!isOver) {
				const id = `postback-${responses.length}-end`;
				const entry = { id, status: 0 };
				responses.push(entry);
				const body = `SMSResponse=1&MessageID=${id}&FromPhoneNumber=1&ToPhoneNumber=2&Message=Hi`;
				const headers = { 'content-type': 'application/x-www-form-urlencoded' };
				const response = fetch(url, { method: 'POST', headers, body });
				entry.status = await response.then(({ status }) => status).catch(() => 0);
				if (entry.status !== 200) await pause(100);
			}
		};
		const posting = Promise.all([post(), post()]);
		const acknowledged = () => responses.filter(({ status }) => status === 200).map(({ id }) => id);
		return {
			acknowledged,
			/** Waits until some more have been acknowledged. @throws Error that says when they were not */
			async more(when: string) {
				const before = acknowledged().length;
				await until(() => acknowledged().length >= before + 5).catch(() => {
					const statuses = responses.slice(-20).map(({ status }) => status);
					throw new Error(`No postback is acknowledged ${when}: ${statuses.join(' ')}`);
				});
			},
			async end() {
				isOver = true;
				await posting;
			},
		};
	}

	it(
		'loses no postback that was acknowledged when all of its services are killed',
		async () => {
			const live = await composed.n8n.publish([
				node('Trigger', 'cdyneTrigger', {
					events: ['message.received'],
					additionalFields: { answer: 'whenStored' },
				}),
			]);
			const postbacks = keepPosting(live);
			await postbacks.more('at first');
			await composed.killAll();
			await postbacks.more('afterwards');
			await postbacks.end();

			// n8n lists executions by their start and pages them by their IDs, so its list may omit some
			const rows = await composed.n8n.database!.rows('select data from execution_data');
			const stored = rows.map((columns) => columns.join());
			const isStored = (id: string) => stored.some((data) => data.includes(id));
			const missing = postbacks.acknowledged().filter((id) => !isStored(id));
			// if the worker of an execution dies, n8n may replace the data with this error
			const replaced = stored.filter((data) => data.includes('too many times'));
			expect(missing.slice(replaced.length)).toEqual([]);
			expect(await composed.healthy()).toHaveLength(4);
		},
		TIMEOUT_MS,
	);
});
