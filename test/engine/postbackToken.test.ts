import { HookContext } from 'n8n-core';
import { deepCopy } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	INodeParameters,
	INodeType,
	Logger,
} from 'n8n-workflow';
import { NamirialSmsTrigger } from '../../nodes/Namirial/NamirialSmsTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { until } from '../n8n/until';
import { PROVIDER_NAMES, PROVIDERS, runProvider, type ProviderName } from './operations';
import { TriggerHost } from './trigger';

/** A trigger that anybody may post to says so, in its panel and in n8n's log. */

type Trigger = [name: string, node: INodeType, credential: string, parameters?: INodeParameters];

const TRIGGERS = PROVIDER_NAMES.map((name): Trigger => {
	const { trigger, tokenOf, triggerParameters } = PROVIDERS[name];
	return [name, trigger, tokenOf, triggerParameters];
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
	const said: string[] = [];
	const logger = { warn: (words: string) => said.push(words) } as unknown as Logger;
	const spy = jest.spyOn(HookContext.prototype, 'logger', 'get').mockReturnValue(logger as never);
	const good = PROVIDERS[provider as ProviderName].credentials(sandbox.url)[type];
	const all = { ...good, ...credential };
	const credentials: Record<string, ICredentialDataDecryptedObject> = credential
		? { [type]: all }
		: {};
	const parameters = { events: ['message.status'], ...more };
	host = await new TriggerHost(node, credentials, parameters).listen();
	await host.activate(isTest);
	spy.mockRestore();
	return said;
}

describe.each(TRIGGERS)('the trigger of %s', (...trigger) => {
	const [, node] = trigger;

	it('asks for a token in its panel', () => {
		const notices = node.description.properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayName }) => displayName).join()).toMatch(/Postback Token of 16/);
	});

	it('warns in the log when it is published without one', async () => {
		const words = 'The trigger "Node" has no postback token: everyone who knows its address can';
		for (const postbackToken of ['', '  ']) {
			expect(await warnings(trigger, { postbackToken })).toEqual([expect.stringContaining(words)]);
			await host?.close();
		}
	});

	it('says nothing with one, nor in a test run', async () => {
		expect(await warnings(trigger, { postbackToken: 'a-secret-of-the-user' })).toEqual([]);
		await host?.close();
		expect(await warnings(trigger, { postbackToken: '' }, true)).toEqual([]);
	});
});

describe('a token that is being replaced', () => {
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

	it.each(TRIGGERS)('%s: the old and the new one are accepted', async (...trigger) => {
		await listening(trigger, BOTH);
		expect(await post(OLD)).toBe(200);
		expect(await post(NEW)).toBe(200);
		for (const other of [BOTH, `${NEW},${OLD}`, NEW.slice(1), '', ',']) {
			expect(await post(other)).toBe(401);
		}
		expect(host?.executions).toHaveLength(2);
	});

	it.each(TRIGGERS)('%s: neither is in what starts the workflow', async (...trigger) => {
		await listening(trigger, BOTH);
		expect(await post(OLD, `${OLD} and ${NEW}`)).toBe(200);
		expect(host?.executions.flat()).toMatchObject([{ raw: '*** and ***' }]);
	});

	it.each([',', ' , ,, '])('commas alone (%j) leave the trigger closed', async (commas) => {
		await listening(TRIGGERS.find(([name]) => name === 'cdyne') as Trigger, commas);
		expect(await post('')).toBe(401);
		expect(await post(commas.trim())).toBe(200);
	});

	it('with a comma in it and a part that is too short is one token', async () => {
		const odd = 'one,token-of-a-user-with-a-comma';
		await listening(TRIGGERS.find(([name]) => name === 'cdyne') as Trigger, odd);
		expect(await post('one')).toBe(401);
		expect(await post('token-of-a-user-with-a-comma')).toBe(401);
		expect(await post(odd)).toBe(200);
	});

	it('reaches the trigger with messages that were sent under the old one', async () => {
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
		const answers = sandbox.postbacks.list().flatMap(({ attempts }) => attempts);
		expect(answers.map(({ status }) => status)).not.toContain(401);
	});

	it('addresses that are given away carry the new one alone', async () => {
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

	it('is nothing to a wait, whose address has none', async () => {
		const { cdyneApi } = PROVIDERS.cdyne.credentials(sandbox.url);
		const credentials = { cdyneApi: { ...cdyneApi, postbackToken: BOTH } };
		const wait = { resource: 'message', operation: 'sendAndWait', message: 'Hi' };
		const parameters = { ...wait, to: '+17575550142', resumeAmount: 60, resumeUnit: 'days' };
		const { run } = await runProvider('cdyne', sandbox, parameters, { credentials });
		expect(run.waitTill).toBeInstanceOf(Date);
		const [{ body }] = sandbox.requests.list({ provider: 'cdyne' });
		expect(body).toContain('/webhook-waiting/');
		expect(body).not.toMatch(/the-(?:old|new)-token|[?&]token=/);
	});
});

// what registers itself cannot be published without a credential
const WITHOUT = PROVIDER_NAMES.filter((name) => {
	const { registration, perMessage } = PROVIDERS[name].provider.postbacks;
	return !registration || perMessage;
});

it.each(TRIGGERS.filter(([name]) => (WITHOUT as string[]).includes(name)))(
	'the trigger of %s warns without any credential',
	async (...trigger) => {
		expect(await warnings(trigger, undefined)).toHaveLength(1);
	},
);
