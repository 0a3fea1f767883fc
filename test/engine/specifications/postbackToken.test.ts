import { HookContext } from 'n8n-core';
import { deepCopy } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	INodeParameters,
	INodeType,
	Logger,
} from 'n8n-workflow';
import { NamirialSmsTrigger } from '../../../nodes/Namirial/NamirialSmsTrigger.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { TriggerHost } from '../harness/trigger';
import { until } from '../harness/until';
import { PROVIDER_NAMES, PROVIDERS, runProvider } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/** A trigger without a postback token warns about it, in its panel and in n8n's log. */

type Trigger = [name: string, node: INodeType, credential: string, parameters?: INodeParameters];

const TRIGGERS = PROVIDER_NAMES.map((name): Trigger => {
	const { trigger, tokenCredential, triggerParameters } = PROVIDERS[name];
	return [name, trigger, tokenCredential, triggerParameters];
});

let sandbox: Sandbox;
let host: TriggerHost | undefined;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(async () => {
	await host?.close();
	host = undefined;
	sandbox.reset();
});

async function warnings(
	[provider, node, type, more]: Trigger,
	credential: ICredentialDataDecryptedObject | undefined,
	isTest = false,
): Promise<string[]> {
	const logged: string[] = [];
	const logger = { warn: (message: string) => logged.push(message) } as unknown as Logger;
	const spy = jest.spyOn(HookContext.prototype, 'logger', 'get').mockReturnValue(logger as never);
	const good = PROVIDERS[provider as ProviderName].credentials(sandbox.url)[type];
	const data = { ...good, ...credential };
	const credentials: Record<string, ICredentialDataDecryptedObject> = credential
		? { [type]: data }
		: {};
	const parameters = { events: ['message.status'], ...more };
	host = await new TriggerHost(node, credentials, parameters).listen();
	await host.activate(isTest);
	spy.mockRestore();
	return logged;
}

describe.each(TRIGGERS)('the trigger of %s', (...trigger) => {
	const [, node] = trigger;

	it('asks for a token in its panel', () => {
		const notices = node.description.properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayName }) => displayName).join()).toMatch(
			/Postback Token of at least 16/,
		);
	});

	it('warns in the log when it is published without one', async () => {
		const warning = 'The trigger "Node" has no postback token: anyone who knows its address can';
		for (const postbackToken of ['', '  ']) {
			expect(await warnings(trigger, { postbackToken })).toEqual([
				expect.stringContaining(warning),
			]);
			await host?.close();
		}
	});

	it('logs no warning with a token or in a test run', async () => {
		expect(await warnings(trigger, { postbackToken: 'a-secret-of-the-user' })).toEqual([]);
		await host?.close();
		expect(await warnings(trigger, { postbackToken: '' }, true)).toEqual([]);
	});
});

describe('replacing a token', () => {
	const OLD = 'the-old-token-3f81c';
	const NEW = 'the-new-token-b92d7';
	const BOTH = `${NEW}, ${OLD}`;

	async function listening([provider, node, type, more]: Trigger, token: string) {
		const good = PROVIDERS[provider as ProviderName].credentials(sandbox.url)[type];
		const data = { ...good, postbackToken: token };
		const parameters = { events: ['unknown'], ...more };
		host = await new TriggerHost(node, { [type]: data }, parameters).listen();
		return host;
	}
	const post = async (token: string, body = 'hello') => {
		const url = `${host?.address()}?token=${encodeURIComponent(token)}`;
		return (await fetch(url, { method: 'POST', body })).status;
	};

	it.each(TRIGGERS)('%s accepts the old and the new token', async (...trigger) => {
		await listening(trigger, BOTH);
		expect(await post(OLD)).toBe(200);
		expect(await post(NEW)).toBe(200);
		for (const wrong of [BOTH, `${NEW},${OLD}`, NEW.slice(1), '', ',']) {
			expect(await post(wrong)).toBe(401);
		}
		expect(host?.executions).toHaveLength(2);
	});

	it.each(TRIGGERS)('%s masks both tokens in the items', async (...trigger) => {
		await listening(trigger, BOTH);
		expect(await post(OLD, `${OLD} and ${NEW}`)).toBe(200);
		expect(host?.executions.flat()).toMatchObject([{ raw: '*** and ***' }]);
	});

	it.each([',', ' , ,, '])('a token of commas (%j) does not disable the check', async (commas) => {
		await listening(TRIGGERS.find(([name]) => name === 'cdyne') as Trigger, commas);
		expect(await post('')).toBe(401);
		expect(await post(commas.trim())).toBe(200);
	});

	it('a value with a comma and a part that is too short counts as one token', async () => {
		const token = 'one,token-of-a-user-with-a-comma';
		await listening(TRIGGERS.find(([name]) => name === 'cdyne') as Trigger, token);
		expect(await post('one')).toBe(401);
		expect(await post('token-of-a-user-with-a-comma')).toBe(401);
		expect(await post(token)).toBe(200);
	});

	it('status updates of messages sent with the old token still reach the trigger', async () => {
		const gateway = PROVIDERS.namirial.credentials(sandbox.url).namirialSmsGatewayApi;
		const credentials = { namirialSmsGatewayApi: { ...gateway, postbackToken: OLD } };
		const parameters = { events: ['message.status'], additionalFields: {} };
		const trigger = new NamirialSmsTrigger();
		host = await new TriggerHost(trigger, credentials, parameters).listen();
		await host.activate();
		const send = { resource: 'message', operation: 'send', to: '+393335550142', message: 'Hi' };
		const { error } = await runProvider(
			'namirial',
			sandbox,
			{ ...send, statusUpdates: 'trigger' },
			{ credentials, staticData: deepCopy(host.staticData) },
		);
		expect(error).toBeUndefined();
		credentials.namirialSmsGatewayApi.postbackToken = BOTH;
		await until(() => host?.executions.flat().some(({ status }) => status === 'delivered'));
		const attempts = sandbox.postbacks.list().flatMap((postback) => postback.attempts);
		expect(attempts.map(({ status }) => status)).not.toContain(401);
	});

	it('URLs for the provider contain only the new token', async () => {
		const gateway = PROVIDERS.namirial.credentials(sandbox.url).namirialSmsGatewayApi;
		const credentials = { namirialSmsGatewayApi: { ...gateway, postbackToken: BOTH } };
		const trigger = new NamirialSmsTrigger();
		host = await new TriggerHost(trigger, credentials, { events: ['message.status'] }).listen();
		await host.activate();
		const send = { resource: 'message', operation: 'send', to: '+393335550142', message: 'Hi' };
		const staticData = deepCopy(host.staticData);
		const parameters = { ...send, statusUpdates: 'trigger' };
		await runProvider('namirial', sandbox, parameters, { credentials, staticData });
		const [{ body }] = sandbox.requests.list({ operation: 'Services/send' });
		expect(body).toContain(`?token=${NEW}"`);
		expect(body).not.toContain(OLD);
	});

	it('the resume URL of a wait contains no token', async () => {
		const { cdyneApi } = PROVIDERS.cdyne.credentials(sandbox.url);
		const credentials = { cdyneApi: { ...cdyneApi, postbackToken: BOTH } };
		const wait = { resource: 'message', operation: 'sendAndWait', message: 'Hi' };
		const values = { resumeAmount: 60, resumeUnit: 'days' };
		const options = { limitWaitTime: { values } };
		const parameters = { ...wait, to: '+17575550142', options };
		const { run } = await runProvider('cdyne', sandbox, parameters, { credentials });
		expect(run.waitTill).toBeInstanceOf(Date);
		const [{ body }] = sandbox.requests.list({ provider: 'cdyne' });
		expect(body).toContain('/webhook-waiting/');
		expect(body).not.toMatch(/the-(?:old|new)-token|[?&]token=/);
	});
});

// a trigger that registers itself cannot be published without a credential
const NEED_NO_CREDENTIAL = PROVIDER_NAMES.filter((name) => {
	const { registration, statusUrlPerMessage: perMessage } = PROVIDERS[name].provider.postbacks;
	return !registration || perMessage;
});

it.each(TRIGGERS.filter(([name]) => (NEED_NO_CREDENTIAL as string[]).includes(name)))(
	'the trigger of %s warns if it has no credential',
	async (...trigger) => {
		expect(await warnings(trigger, undefined)).toHaveLength(1);
	},
);
