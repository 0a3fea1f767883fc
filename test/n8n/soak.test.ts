import { startSandbox, type Sandbox } from '../../sandbox';
import { startN8n, type N8n } from './instance';
import {
	heldAfterAll,
	heldBy,
	isLeft,
	MOST_GROWTH,
	SAYS_WHAT_IT_HOLDS,
	Steady,
	type Held,
} from './steady';

/** Milliseconds. What is loaded once is there after the first of them. */
const WARM_UP = 25_000;
const SOAK = 95_000;
const PATIENCE = 900_000;

/** `npm run bench:soak` does it for half an hour. */
describe('Two minutes of sends, postbacks and waits', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let steady: Steady;
	let idle: Held;
	let before: Held;
	let after: Held;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		n8n = await startN8n({ sandbox, env: SAYS_WHAT_IT_HOLDS });
		steady = await Steady.on(n8n, sandbox);
		idle = await heldBy(n8n);
		await steady.load(WARM_UP);
		before = await heldAfterAll(n8n, idle);
		await steady.load(SOAK);
		after = await heldAfterAll(n8n, idle);
	}, PATIENCE);
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it('each text is reported, and each wait goes on', async () => {
		expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(steady.texts + steady.waits);
		expect(await steady.reported()).toBeGreaterThanOrEqual(steady.texts);
		expect(await steady.ended()).toBe(steady.waits);
	});

	it('n8n holds no more memory than before', () => {
		expect(after.heap / before.heap).toBeLessThan(MOST_GROWTH);
	});

	it('no timer, no connection and no file is left', () => {
		expect(isLeft(after, idle) ? { after, idle } : 'nothing').toBe('nothing');
	});
});
