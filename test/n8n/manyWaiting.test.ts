/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { inTurns } from './inTurns';
import { node, startN8n } from './instance';
import type { Live, N8n, Run } from './instance';

/** MANY_WAITING=200 takes some minutes. */
const MANY = Number(process.env.MANY_WAITING ?? 50);
/** n8n processes all postbacks of a step at the same time. */
const TIMEOUT_MS = 480_000;

const handsetOf = (index: number) => `1757555${1000 + index}`;
const HANDSETS = Array.from({ length: MANY }, (_, index) => handsetOf(index));

/** The sandbox collects the postbacks of a step and sends them in reverse order. */
const SHUFFLED_TWICE = { copies: 2, reorderMs: 100, concurrency: 2 * MANY, timeoutMs: TIMEOUT_MS };
/**
 * n8n responds to every webhook with 503, and so loses the postback, if its database responds slowly
 * to a ping. With two connections to PostgreSQL and hundreds of concurrent requests this always happens.
 */
const ENOUGH_CONNECTIONS = { DB_POSTGRESDB_POOL_SIZE: '10', DB_PING_TIMEOUT_MS: '60000' };
/** The time on the sandbox's clock after which collected postbacks are sent. */
const SHUFFLE_MS = SHUFFLED_TWICE.reorderMs + 100;

/** A mark in the body of each postback, and its provider status. */
const STATUSES = [
	['SMSSent=1', 'SMSSent=1'],
	['Code=003', 'DeliveredToCarrier'],
	['Code=000', 'DeliveredToDevice'],
];

interface Delivered {
	messageId: string;
	history: Array<{ providerStatus: string }>;
}

describe.each(['regular', 'queue'] as const)(
	`${MANY} executions waiting at once, in %s mode`,
	(mode) => {
		let sandbox: Sandbox;
		let n8n: N8n;
		let live: Live;
		let runs: Run[];

		beforeAll(async () => {
			// the clock is stopped, so that all executions wait before the first postback is sent
			sandbox = await startSandbox({ port: 0, clockScale: 0, postbacks: SHUFFLED_TWICE });
			n8n = await startN8n({ mode, sandbox, env: ENOUGH_CONNECTIONS });
			const text = { resource: 'message', operation: 'send', message: 'Thank you' };
			const wait = { ...text, operation: 'sendAndWaitForDelivery', message: 'Hello' };
			live = await n8n.publish([
				node('Wait', 'cdyne', { ...wait, to: '={{ $json.to }}' }),
				// sends a message each time the workflow continues after the wait
				node('Thank', 'cdyne', { ...text, to: '={{ $json.to }}' }),
			]);

			await inTurns(HANDSETS, 10, async (to) => await live.begin([{ to }]));
			await until(() => sent('Hello').length === MANY, TIMEOUT_MS);
			const ids = sent('Hello').map(executionOf);
			await inTurns(ids, 5, async (id) => await n8n.finished(id, 'waiting'));
			// the postbacks of a step are sent for all messages at the same time
			const { pace } = sandbox;
			await sandbox.clock.advance(pace.sent + SHUFFLE_MS);
			await until(areAllPosted, TIMEOUT_MS);
			await sandbox.clock.advance(pace.carrier + SHUFFLE_MS);
			await until(areAllPosted, TIMEOUT_MS);
			await sandbox.clock.advance(pace.delivered + SHUFFLE_MS);
			await until(areAllPosted, TIMEOUT_MS);
			await until(() => sent('Thank you').length >= MANY, TIMEOUT_MS);
			runs = await inTurns(ids, 5, async (id) => await n8n.finished(id));
		}, TIMEOUT_MS);
		afterAll(async () => {
			await n8n?.stop();
			await sandbox?.close();
		});

		const sent = (text: string) => sandbox.messages.list({ direction: 'out', text });
		const areAllPosted = async () =>
			sandbox.postbacks.list().every(({ attempts }) => attempts.length === SHUFFLED_TWICE.copies);
		const lastStep = () =>
			sandbox.postbacks.list({}).filter(({ body }) => body.includes('Code=000'));

		it('the postbacks of the last step are sent within one second, each twice', () => {
			const times = lastStep().flatMap(({ attempts }) => attempts.map(({ at }) => Date.parse(at)));
			expect(times).toHaveLength(2 * MANY);
			expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1_000);
		});

		it('at least one copy of each is acknowledged', () => {
			const acknowledged = lastStep().map(
				({ attempts }) => attempts.filter(({ status }) => status === 200).length,
			);
			expect(acknowledged.filter((count) => count >= 1)).toHaveLength(MANY);
		});

		it('no execution is lost: all finish, each with its message', () => {
			expect(runs.map(({ status }) => status)).toEqual(Array(MANY).fill('success'));
			const finished = runs.map((run) => {
				const [{ to, messageId, outcome, status }] = run.json('Wait', 0);
				return `${to} ${messageId} ${outcome} ${status}`;
			});
			const expected = sent('Hello').map(
				({ handset, id }) => `+${handset} ${id} delivered delivered`,
			);
			expect(finished.sort()).toEqual(expected.sort());
		});

		it('no execution continues twice: the node after the wait ran once for each', () => {
			const thanked = sent('Thank you');
			expect(thanked.map(({ handset }) => handset).sort()).toEqual(HANDSETS);
		});

		it('nobody gets the message twice', () => {
			const texted = sent('Hello');
			expect(texted.map(({ handset }) => handset).sort()).toEqual(HANDSETS);
		});

		it('every history contains the steps whose postbacks n8n acknowledged, in order', () => {
			const stepsOf = (messageId: string) =>
				sandbox.postbacks
					.list({ messageId })
					.filter(({ attempts }) => attempts.some(({ status }) => status === 200))
					.map(({ body }) => STATUSES.find(([mark]) => body.includes(mark))?.[1]);
			const histories = runs.map((run) => {
				const [{ messageId, history }] = run.json('Wait', 0) as Delivered[];
				const steps = history.map(({ providerStatus }) => providerStatus);
				// `Sent` comes from a look-up of the node, if it is made in time
				return [messageId, ...steps.filter((step) => step !== 'Sent')];
			});
			const expected = runs.map((run) => {
				const [{ messageId }] = run.json('Wait', 0) as Delivered[];
				return [messageId, 'Queued', ...stepsOf(messageId)];
			});
			expect(histories).toEqual(expected);
		});
	},
);

/** The ID of the execution that waits for a message, from the URL for its postbacks. */
function executionOf({ detail }: { detail: Record<string, unknown> }): string {
	return /webhook-waiting\/(\d+)/.exec(String(detail.postbackUrl))![1];
}
