import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { PROVIDERS, runProvider, type ProviderName } from './operations';

/** What people are shown: no secret in any spelling, and nothing too long to be read. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const goOn = { settings: { onError: 'continueRegularOutput' as const } };
const long = 'x'.repeat(5_000);

it.each<[ProviderName, IDataObject]>([
	['cdyne', { resource: 'message', operation: 'getStatus', messageId: long }],
	['cdyne', { resource: 'message', operation: 'send', to: long, message: 'Hi' }],
	['cdyne', { resource: 'media', operation: 'get', mediaId: long }],
	['namirial', { resource: 'message', operation: 'getStatus', messageId: long }],
	['namirial', { resource: 'message', operation: 'send', to: long, message: 'Hi' }],
	['wooxy', { resource: 'message', operation: 'send', domain: 'a.b', to: long, message: 'Hi' }],
	['skycore', { resource: 'sms', operation: 'send', to: long, from: '55512', message: 'Hi' }],
	[
		'skycore',
		{ resource: 'mms', operation: 'sendSaved', to: '17575550142', from: '55512', mmsId: long },
	],
])('%s does not repeat what is too long: %j', async (provider, parameters) => {
	const { json } = await runProvider(provider, sandbox, parameters as never, goOn);
	expect(json[0].error).toContain('a text of 5000 characters');
	expect(JSON.stringify(json).length).toBeLessThan(1_500);
});

/** A page that repeats the request around a secret, so that a cut would fall into it. */
const pages = (secret: string) =>
	[0, 80, 100, 110, 118, 119, 120, 121].flatMap((length) => [
		`<html><body>${'a'.repeat(length)}${secret}</body></html>`,
		`${'b'.repeat(length)}${encodeURIComponent(secret)}`,
	]);

const SENDS: Array<[ProviderName, IDataObject]> = [
	['cdyne', { resource: 'message', operation: 'send', to: '17575550142', message: 'Hi' }],
	['namirial', { resource: 'message', operation: 'send', to: '+393331112233', message: 'Hi' }],
	[
		'wooxy',
		{ resource: 'message', operation: 'send', domain: 'a.b', to: '+37255512345', message: 'Hi' },
	],
	[
		'skycore',
		{ resource: 'sms', operation: 'send', to: '17575550142', from: '55512', message: 'Hi' },
	],
];

it.each(SENDS)(
	'%s: what a page repeats is masked before it is cut',
	async (provider, parameters) => {
		for (const secret of PROVIDERS[provider].secrets) {
			for (const body of pages(secret)) {
				sandbox.faults.clear();
				sandbox.faults.add({ kind: 'status', status: 404, provider, body, times: 'always' });
				const { json } = await runProvider(provider, sandbox, parameters as never, goOn);
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
