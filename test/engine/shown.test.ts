import { startSandbox, type Sandbox } from '../../sandbox';
import { ofAll, PROVIDERS, runProvider } from './operations';

/** What people are shown: no secret in any spelling, and nothing too long to be read. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const goOn = { settings: { onError: 'continueRegularOutput' as const } };
const long = 'x'.repeat(5_000);

/** A plain text to one number. */
const SENDS = ofAll(({ sends }) => [sends[0].parameters]);

it.each([
	...ofAll(({ tooLong }) => tooLong),
	...SENDS.map(([name, parameters]) => [name, { ...parameters, to: long }] as const),
])('%s does not repeat what is too long: %j', async (provider, parameters) => {
	const { json } = await runProvider(provider, sandbox, parameters, goOn);
	expect(json[0].error).toContain('a text of 5000 characters');
	expect(JSON.stringify(json).length).toBeLessThan(1_500);
});

/** A page that repeats the request around a secret, so that a cut would fall into it. */
const pages = (secret: string) =>
	[0, 80, 100, 110, 118, 119, 120, 121].flatMap((length) => [
		`<html><body>${'a'.repeat(length)}${secret}</body></html>`,
		`${'b'.repeat(length)}${encodeURIComponent(secret)}`,
	]);

it.each(SENDS)(
	'%s: what a page repeats is masked before it is cut',
	async (provider, parameters) => {
		for (const secret of PROVIDERS[provider].secrets) {
			for (const body of pages(secret)) {
				sandbox.faults.clear();
				sandbox.faults.add({ kind: 'status', status: 404, provider, body, times: 'always' });
				const { json } = await runProvider(provider, sandbox, parameters, goOn);
				const shown = JSON.stringify(json);
				for (let at = 0; at + 8 <= secret.length; at++) {
					expect(shown).not.toContain(secret.slice(at, at + 8));
				}
			}
		}
	},
);

it('a contact of Wooxy takes flags as text, as all variables are', async () => {
	const { json } = await runProvider(
		'wooxy',
		sandbox,
		{
			resource: 'contact',
			operation: 'upsert',
			contactListId: '={{ "1" }}',
			contact: '+44 (0)20 7946 0018',
			fields: { smsSubscribe: '={{ "false" }}', active: '={{ "yes" }}' },
		} as never,
		goOn,
	);
	expect(json).toHaveLength(1);
	const [request] = sandbox.requests.list({ operation: 'contacts/update' });
	expect(JSON.parse(String(request.body))).toMatchObject({
		contacts: [{ contact: '+442079460018', smsSubscribe: false, active: true }],
	});
});
