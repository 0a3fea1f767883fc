import type { IDataObject, INode, INodeCredentials } from 'n8n-workflow';
import { CdyneTrigger } from '../../nodes/Cdyne/CdyneTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { runProvider } from './operations';

/** Where a message's status is posted to, and who learns the token. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const TYPE = 'n8n-nodes-sms-gateways.cdyneTrigger';
const BASE = 'http://127.0.0.1:5678/webhook';
const QUERY = 'token=sandbox-cdyne-postbacks';
const MINE = { cdyneApi: { id: 'cdyneApi', name: 'cdyneApi' } };
const OTHER = { cdyneApi: { id: 'another', name: 'Another' } };

interface TriggerSetting {
	events?: string[];
	credentials?: INodeCredentials;
	disabled?: boolean;
	/** Left by an activation in this process; else n8n makes the address of the node. */
	kept?: boolean;
}

async function send(
	triggers: Record<string, TriggerSetting>,
	parameters: IDataObject = { statusUpdates: 'trigger' },
	mode: 'trigger' | 'retry' | 'manual' = 'trigger',
) {
	const others = Object.entries(triggers).map(([id, setting]): INode => {
		const { events = ['message.status'], credentials = MINE, disabled } = setting;
		return {
			id,
			name: `Trigger ${id}`,
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			webhookId: id,
			parameters: { events },
			credentials,
			...(disabled && { disabled }),
		};
	});
	const kept = Object.keys(triggers).filter((id) => triggers[id].kept);
	const addresses = Object.fromEntries(kept.map((id) => [id, `${BASE}/${id}/webhook`]));
	sandbox.requests.clear();
	const { json } = await runProvider(
		'cdyne',
		sandbox,
		{
			resource: 'message',
			operation: 'send',
			to: '17575550142',
			message: 'Hi',
			...parameters,
		} as never,
		{
			others,
			types: { [TYPE]: new CdyneTrigger() },
			staticData: { global: { smsTriggers: { [TYPE]: addresses } } },
			settings: { onError: 'continueRegularOutput' },
			mode,
		},
	);
	const [request] = sandbox.requests.list({ operation: 'AdvancedSMSsend' });
	const body = request && (JSON.parse(String(request.body)) as { SMSRequests: IDataObject[] });
	return { url: body?.SMSRequests[0].StatusPostBackURL, error: json[0].error };
}

describe.each([true, false])('the trigger in this workflow, with its address kept: %s', (kept) => {
	const address = (id: string) =>
		expect.stringMatching(new RegExp(`^${BASE}/(.*/)?${id}/webhook\\?${QUERY}$`));

	it('gets the status and the token', async () => {
		expect((await send({ a: { kept } })).url).toEqual(address('a'));
	});

	it('is the one that takes the status', async () => {
		const { url } = await send({ a: { kept, events: ['message.received'] }, b: { kept } });
		expect(url).toEqual(address('b'));
	});

	it('is the one with the same credential', async () => {
		const { url } = await send({ a: { kept, credentials: OTHER }, b: { kept } });
		expect(url).toEqual(address('b'));
		expect((await send({ a: { kept, credentials: {} } })).url).toEqual(address('a'));
	});

	it('gets it in a retry of an execution, too', async () => {
		const { url } = await send({ a: { kept } }, { statusUpdates: 'trigger' }, 'retry');
		expect(url).toEqual(address('a'));
	});

	it('that does not fit is named with the reason', async () => {
		const { url, error } = await send({
			a: { kept, events: ['message.received'] },
			b: { kept, credentials: OTHER },
		});
		expect(url).toBeUndefined();
		expect(error).toMatch(
			/none fits: "Trigger a" is not set to Message Status in Trigger On; "Trigger b" has another credential/,
		);
	});
});

it('a run by hand in a worker does not know whether there is one', async () => {
	const { error } = await send({ a: {} }, { statusUpdates: 'trigger' }, 'manual');
	expect(error).toMatch(/has none that is active/);
});

it('a deactivated trigger is none', async () => {
	expect((await send({ a: { disabled: true } })).error).toMatch(/has none that is active/);
	expect((await send({ a: { kept: true, disabled: true } })).error).toMatch(
		/"Trigger a" is deactiv/,
	);
});

describe('a Status URL', () => {
	const to = async (statusUrl: string, triggers: Record<string, TriggerSetting> = {}) =>
		(await send(triggers, { statusUpdates: 'url', statusUrl })).url;

	it('of a trigger of this provider in this workflow gets the token', async () => {
		const url = `${BASE}/a/webhook`;
		expect(await to(url, { a: { kept: true } })).toBe(`${url}?${QUERY}`);
		expect(await to(`${url}?token=own`, { a: { kept: true } })).toBe(`${url}?token=own`);
	});

	it.each([
		`${BASE}/somebody/else`,
		`${BASE}/a/webhook2`,
		'http://127.0.0.1:5678/webhook-waiting/12/abc',
		'http://127.0.0.1:5678/webhook-test/a/webhook',
		'https://example.com/webhook/a/webhook',
	])('%s does not', async (url) => {
		expect(await to(url, { a: { kept: true } })).toBe(url);
	});

	it('that is none is refused', async () => {
		for (const url of ['nowhere', 'ftp://a.b/c', 'https://', 'javascript:alert(1)']) {
			const { error } = await send({}, { statusUpdates: 'url', statusUrl: url });
			expect(error).toMatch(/is not a web address/);
		}
	});
});
