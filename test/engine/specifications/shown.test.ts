import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { fromAllProviders, PROVIDERS, runProvider } from '../tables/operations';

/** Output and errors contain no secret in any encoding, and no very long value. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const continueOnFail = { settings: { onError: 'continueRegularOutput' as const } };
const LONG = 'x'.repeat(5_000);

/** A send of a text to one number. */
const SENDS = fromAllProviders(({ sends }) => [sends[0].parameters]);

it.each([
	...fromAllProviders(({ tooLong }) => tooLong),
	...SENDS.map(([name, parameters]) => [name, { ...parameters, to: LONG }] as const),
])('%s does not repeat a very long value: %j', async (provider, parameters) => {
	const { json } = await runProvider(provider, sandbox, parameters, continueOnFail);
	expect(json[0].error).toContain('a text of 5000 characters');
	expect(JSON.stringify(json).length).toBeLessThan(1_500);
});

/** Error pages with a secret at positions where an excerpt would cut it. */
const pages = (secret: string) =>
	[0, 80, 100, 110, 118, 119, 120, 121].flatMap((length) => [
		`<html><body>${'a'.repeat(length)}${secret}</body></html>`,
		`${'b'.repeat(length)}${encodeURIComponent(secret)}`,
	]);

it.each(SENDS)(
	'%s masks a secret in an error page before it cuts the page',
	async (provider, parameters) => {
		for (const secret of PROVIDERS[provider].secrets) {
			for (const body of pages(secret)) {
				sandbox.faults.clear();
				sandbox.faults.add({ kind: 'status', status: 404, provider, body, times: 'always' });
				const { json } = await runProvider(provider, sandbox, parameters, continueOnFail);
				const output = JSON.stringify(json);
				for (let at = 0; at + 8 <= secret.length; at++) {
					expect(output).not.toContain(secret.slice(at, at + 8));
				}
			}
		}
	},
);

it('a contact of Wooxy accepts flags as text, such as those from variables of n8n', async () => {
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
		continueOnFail,
	);
	expect(json).toHaveLength(1);
	const [request] = sandbox.requests.list({ operation: 'contacts/update' });
	expect(JSON.parse(String(request.body))).toMatchObject({
		contacts: [{ contact: '+442079460018', smsSubscribe: false, active: true }],
	});
});
