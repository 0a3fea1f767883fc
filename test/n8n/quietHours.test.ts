import { startSandbox, type Sandbox } from '../../sandbox';
import { node, startN8n, type N8n, type Run } from './instance';

/** Numbers that can be in one time zone only; in four of them clocks are changed twice a year. */
const PEOPLE: Array<[zone: string, number: string]> = [
	['Europe/Rome', '+39 333 555 0100'],
	['Europe/London', '+44 7400 123456'],
	['America/New_York', '+1 212 555 0142'],
	['Pacific/Honolulu', '+1 808 555 0142'],
	['Asia/Tokyo', '+81 90 1234 5678'],
	['Pacific/Auckland', '+64 21 123 4567'],
];
const [FROM, TO] = ['21:00', '08:00'];

const clock = (zone: string, at: number) =>
	new Date(at).toLocaleTimeString('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const isQuiet = (zone: string, at: number) => clock(zone, at) >= FROM || clock(zone, at) < TO;

describe('Quiet hours on the clocks of six recipients', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, clockScale: 0 });
		n8n = await startN8n({ sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	/** Texts all of them. @returns who is in quiet hours, unless that changed in the meantime */
	async function send(during: string): Promise<{ run: Run; quiet: string[] }> {
		for (;;) {
			const quietNow = () =>
				PEOPLE.map(([zone]) => zone).filter((zone) => isQuiet(zone, Date.now()));
			const quiet = quietNow();
			const window = { from: FROM, to: TO, timeZone: 'recipient', during };
			const parameters = {
				resource: 'message',
				operation: 'send',
				to: '={{ $json.to }}',
				message: 'Hello',
				statusUpdates: 'none',
				options: { quietHours: { window } },
			};
			const text = node('Text', 'cdyne', parameters, { onError: 'continueRegularOutput' });
			const items = PEOPLE.map(([, to]) => ({ to }));
			const run = await n8n.run([text], items);
			if (quietNow().join() === quiet.join()) return { run, quiet };
			sandbox.reset();
		}
	}

	it('whoever is in them gets no text, and the item says when they end', async () => {
		const { run, quiet } = await send('error');
		const results = run.json('Text');
		for (const [index, [zone]] of PEOPLE.entries()) {
			const { error, details } = results[index];
			expect([zone, error !== undefined]).toEqual([zone, quiet.includes(zone)]);
			if (error === undefined) continue;
			expect(details).toMatchObject({ kind: 'quietHours', nothingSent: true });
			expect([zone, clock(zone, Date.parse(details.retryAt))]).toEqual([zone, TO]);
		}
		const texts = sandbox.messages.list({ direction: 'out' });
		expect(texts).toHaveLength(PEOPLE.length - quiet.length);
		// at every time it is night for some of them, and day for others
		expect([0, PEOPLE.length]).not.toContain(quiet.length);
	});

	it('with Schedule CDYNE keeps their texts until they end', async () => {
		const { run, quiet } = await send('schedule');
		const results = run.json('Text');
		for (const [index, [zone]] of PEOPLE.entries()) {
			const { error, scheduledFor } = results[index];
			expect([zone, error, scheduledFor !== undefined]).toEqual([
				zone,
				undefined,
				quiet.includes(zone),
			]);
			if (scheduledFor === undefined) continue;
			expect([zone, clock(zone, Date.parse(scheduledFor))]).toEqual([zone, TO]);
		}
		expect(sandbox.messages.list({ direction: 'out' })).toHaveLength(PEOPLE.length);
	});
});
