import type { IDataObject, INode, INodeCredentials } from 'n8n-workflow';
import { CdyneTrigger } from '../../../nodes/Cdyne/CdyneTrigger.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { runProvider } from '../tables/operations';

/** The URL to which the status of a message is posted, and whether it contains the token. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const TYPE = 'n8n-nodes-sms-gateways.cdyneTrigger';
const BASE = 'http://127.0.0.1:5678/webhook';
const QUERY = 'token=sandbox-cdyne-postbacks';
const SAME = { cdyneApi: { id: 'cdyneApi', name: 'cdyneApi' } };
const OTHER = { cdyneApi: { id: 'another', name: 'Another' } };

interface TriggerSetting {
	events?: string[];
	credentials?: INodeCredentials;
	disabled?: boolean;
	/** Whether an activation stored the URL; otherwise n8n composes it from the node. */
	stored?: boolean;
}

async function send(
	triggers: Record<string, TriggerSetting>,
	parameters: IDataObject = { statusUpdates: 'trigger' },
	mode: 'trigger' | 'retry' | 'manual' = 'trigger',
) {
	const others = Object.entries(triggers).map(([id, setting]): INode => {
		const { events = ['message.status'], credentials = SAME, disabled } = setting;
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
	const stored = Object.keys(triggers).filter((id) => triggers[id].stored);
	const storedUrls = Object.fromEntries(stored.map((id) => [id, `${BASE}/${id}/webhook`]));
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
			staticData: { global: { smsTriggers: { [TYPE]: storedUrls } } },
			settings: { onError: 'continueRegularOutput' },
			mode,
		},
	);
	const [request] = sandbox.requests.list({ operation: 'AdvancedSMSsend' });
	const body = request && (JSON.parse(String(request.body)) as { SMSRequests: IDataObject[] });
	return { url: body?.SMSRequests[0].StatusPostBackURL, error: json[0].error };
}

describe.each([true, false])('the trigger in this workflow, with a stored URL: %s', (stored) => {
	const urlOf = (id: string) =>
		expect.stringMatching(new RegExp(`^${BASE}/(.*/)?${id}/webhook\\?${QUERY}$`));

	it('receives the status, with the token in its URL', async () => {
		expect((await send({ a: { stored } })).url).toEqual(urlOf('a'));
	});

	it('is the one that listens for statuses', async () => {
		const { url } = await send({ a: { stored, events: ['unknown'] }, b: { stored } });
		expect(url).toEqual(urlOf('b'));
	});

	it('is the one with the same credential', async () => {
		const { url } = await send({ a: { stored, credentials: OTHER }, b: { stored } });
		expect(url).toEqual(urlOf('b'));
		expect((await send({ a: { stored, credentials: {} } })).url).toEqual(urlOf('a'));
	});

	it('receives the status in a retry of an execution too', async () => {
		const { url } = await send({ a: { stored } }, { statusUpdates: 'trigger' }, 'retry');
		expect(url).toEqual(urlOf('a'));
	});

	it('that is not suitable is named with the reason', async () => {
		const { url, error } = await send({
			a: { stored, events: ['unknown'] },
			b: { stored, credentials: OTHER },
		});
		expect(url).toBeUndefined();
		expect(error).toMatch(
			/no trigger is suitable: "Trigger a" is not set to Message Status in Trigger On; "Trigger b" uses a different credential/,
		);
	});
});

it('a manual run in a worker finds no trigger', async () => {
	const { error } = await send({ a: {} }, { statusUpdates: 'trigger' }, 'manual');
	expect(error).toMatch(/has no active trigger/);
});

it('a deactivated trigger is not used', async () => {
	expect((await send({ a: { disabled: true } })).error).toMatch(/has no active trigger/);
	expect((await send({ a: { stored: true, disabled: true } })).error).toMatch(
		/"Trigger a" is deactiv/,
	);
});

describe('a Status URL', () => {
	const sendTo = async (statusUrl: string, triggers: Record<string, TriggerSetting> = {}) =>
		(await send(triggers, { statusUpdates: 'url', statusUrl })).url;

	it('of a trigger of this provider in this workflow gets the token', async () => {
		const url = `${BASE}/a/webhook`;
		expect(await sendTo(url, { a: { stored: true } })).toBe(`${url}?${QUERY}`);
		expect(await sendTo(`${url}?token=custom`, { a: { stored: true } })).toBe(
			`${url}?token=custom`,
		);
	});

	it.each([
		`${BASE}/somebody/else`,
		`${BASE}/a/webhook2`,
		'http://127.0.0.1:5678/webhook-waiting/12/abc',
		'http://127.0.0.1:5678/webhook-test/a/webhook',
		'https://example.com/webhook/a/webhook',
	])('%s gets no token', async (url) => {
		expect(await sendTo(url, { a: { stored: true } })).toBe(url);
	});

	it('that is not a web address is rejected', async () => {
		for (const url of ['nowhere', 'ftp://a.b/c', 'https://', 'javascript:alert(1)']) {
			const { error } = await send({}, { statusUpdates: 'url', statusUrl: url });
			expect(error).toMatch(/is not a web address/);
		}
	});
});
