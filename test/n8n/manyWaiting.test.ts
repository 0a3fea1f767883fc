/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { startSandbox, type Sandbox } from '../../sandbox';
import { inTurns } from './inTurns';
import { node, startN8n, type Live, type N8n, type Run } from './instance';
import { until } from './until';

/** MANY_WAITING=200 takes some minutes. */
const MANY = Number(process.env.MANY_WAITING ?? 50);
/** As long as one test here may take: n8n works off all postbacks of a step at once. */
const PATIENCE = 480_000;

const handsetOf = (index: number) => `1757555${1000 + index}`;
const HANDSETS = Array.from({ length: MANY }, (_, index) => handsetOf(index));

/** The later ones of a step come first: the sandbox sends what it has gathered backwards. */
const SHUFFLED_TWICE = { copies: 2, reorderMs: 100, concurrency: 2 * MANY, timeoutMs: PATIENCE };
/**
 * n8n answers 503 to every webhook, and so loses the postback, once its database is slow to answer a
 * ping: with two connections to PostgreSQL and hundreds of requests at once it always is.
 */
const ROOM_FOR_MANY = { DB_POSTGRESDB_POOL_SIZE: '10', DB_PING_TIMEOUT_MS: '60000' };
/** On the sandbox's clock: what was gathered is out by then. */
const SHUFFLED = SHUFFLED_TWICE.reorderMs + 100;

/** What marks a postback, and the provider's word for what it says. */
const WORDS = [
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
			// time stands still, so that all of them wait before the first postback goes out
			sandbox = await startSandbox({ port: 0, clockScale: 0, postbacks: SHUFFLED_TWICE });
			n8n = await startN8n({ mode, sandbox, env: ROOM_FOR_MANY });
			const text = { resource: 'message', operation: 'send', message: 'Thank you' };
			const wait = { ...text, operation: 'sendAndWaitForDelivery', message: 'Hello' };
			live = await n8n.publish([
				node('Wait', 'cdyne', { ...wait, to: '={{ $json.to }}' }),
				// what follows the wait leaves its own trace in the sandbox, once for each time it runs
				node('Thank', 'cdyne', { ...text, to: '={{ $json.to }}' }),
			]);

			await inTurns(HANDSETS, 10, async (to) => await live.begin([{ to }]));
			await until(() => sent('Hello').length === MANY, PATIENCE);
			const ids = sent('Hello').map(executionOf);
			await inTurns(ids, 5, async (id) => await n8n.finished(id, 'waiting'));
			// each step is posted by all of them at once
			const { pace } = sandbox;
			await sandbox.clock.advance(pace.sent + SHUFFLED);
			await until(settled, PATIENCE);
			await sandbox.clock.advance(pace.carrier + SHUFFLED);
			await until(settled, PATIENCE);
			await sandbox.clock.advance(pace.delivered + SHUFFLED);
			await until(settled, PATIENCE);
			await until(() => sent('Thank you').length >= MANY, PATIENCE);
			runs = await inTurns(ids, 5, async (id) => await n8n.finished(id));
		}, PATIENCE);
		afterAll(async () => {
			await n8n?.stop();
			await sandbox?.close();
		});

		const sent = (text: string) => sandbox.messages.list({ direction: 'out', text });
		const settled = async () =>
			sandbox.postbacks.list().every(({ attempts }) => attempts.length === SHUFFLED_TWICE.copies);
		const lastStep = () =>
			sandbox.postbacks.list({}).filter(({ body }) => body.includes('Code=000'));

		it('the postbacks of the last step go out within one second, each twice', () => {
			const times = lastStep().flatMap(({ attempts }) => attempts.map(({ at }) => Date.parse(at)));
			expect(times).toHaveLength(2 * MANY);
			expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1_000);
		});

		it('one copy of each is taken', () => {
			const taken = lastStep().map(
				({ attempts }) => attempts.filter(({ status }) => status === 200).length,
			);
			expect(taken.filter((count) => count >= 1)).toHaveLength(MANY);
		});

		it('none is lost: all of them finish, and with the message of their own', () => {
			expect(runs.map(({ status }) => status)).toEqual(Array(MANY).fill('success'));
			const seen = runs.map((run) => {
				const [{ to, messageId, outcome, status }] = run.json('Wait', 0);
				return `${to} ${messageId} ${outcome} ${status}`;
			});
			const expected = sent('Hello').map(({ to, id }) => `${to} ${id} delivered delivered`);
			expect(seen.sort()).toEqual(expected.sort());
		});

		it('none goes on twice: what follows the wait ran once for each', () => {
			const thanked = sent('Thank you');
			expect(thanked.map(({ handset }) => handset).sort()).toEqual(HANDSETS);
		});

		it('nobody has the text twice', () => {
			const texted = sent('Hello');
			expect(texted.map(({ handset }) => handset).sort()).toEqual(HANDSETS);
		});

		it('every history has, in their order, all the steps whose postbacks n8n took', () => {
			const wordsOf = (messageId: string) =>
				sandbox.postbacks
					.list({ messageId })
					.filter(({ attempts }) => attempts.some(({ status }) => status === 200))
					.map(({ body }) => WORDS.find(([mark]) => body.includes(mark))?.[1]);
			const seen = runs.map((run) => {
				const [{ messageId, history }] = run.json('Wait', 0) as Delivered[];
				const words = history.map(({ providerStatus }) => providerStatus);
				// `Sent` is what a look-up of the node's own comes upon, if it does in time
				return [messageId, ...words.filter((word) => word !== 'Sent')];
			});
			const expected = runs.map((run) => {
				const [{ messageId }] = run.json('Wait', 0) as Delivered[];
				return [messageId, 'Queued', ...wordsOf(messageId)];
			});
			expect(seen).toEqual(expected);
		});
	},
);

/** A message's postbacks go to the address at which its execution is resumed. */
function executionOf({ detail }: { detail: Record<string, unknown> }): string {
	return /webhook-waiting\/(\d+)/.exec(String(detail.postbackUrl))![1];
}
