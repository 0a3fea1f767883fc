import { startSandbox, type Sandbox } from '../../sandbox';
import { startN8n, type N8n } from './instance';
import {
	resourcesAfterLoad,
	resourcesOf,
	hasLeftovers,
	MAX_GROWTH,
	REPORTS_RESOURCES,
	Steady,
	type Resources,
} from './steady';

/** Milliseconds. After the warm-up everything that is loaded once is loaded. */
const WARM_UP = 20_000;
const SOAK = 70_000;
const TIMEOUT_MS = 900_000;

/** `npm run bench:soak` runs the same for half an hour. */
describe('A minute and a half of sends, postbacks and waits', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let steady: Steady;
	let idle: Resources;
	let before: Resources;
	let after: Resources;

	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		n8n = await startN8n({ sandbox, env: REPORTS_RESOURCES });
		steady = await Steady.on(n8n, sandbox);
		idle = await resourcesOf(n8n);
		await steady.load(WARM_UP);
		before = await resourcesAfterLoad(n8n, idle);
		await steady.load(SOAK);
		after = await resourcesAfterLoad(n8n, idle);
	}, TIMEOUT_MS);
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it('every text is reported, and every wait ends', async () => {
		expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(steady.texts + steady.waits);
		expect(await steady.reported()).toBeGreaterThanOrEqual(steady.texts);
		expect(await steady.ended()).toBe(steady.waits);
	});

	it('n8n uses no more memory than before', () => {
		expect(after.heap / before.heap).toBeLessThan(MAX_GROWTH);
	});

	it('all timers, connections and files are released', () => {
		expect(hasLeftovers(after, idle) ? { after, idle } : 'nothing').toBe('nothing');
	});
});
