import { HookContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeType, Logger } from 'n8n-workflow';
import { CdyneTrigger } from '../../nodes/Cdyne/CdyneTrigger.node';
import { NamirialSmsTrigger } from '../../nodes/Namirial/NamirialSmsTrigger.node';
import { SkycoreTrigger } from '../../nodes/Skycore/SkycoreTrigger.node';
import { WooxyTrigger } from '../../nodes/Wooxy/WooxyTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { TriggerHost } from './trigger';

/** A trigger that anybody may post to says so, in its panel and in n8n's log. */

const TRIGGERS: Array<[string, INodeType, string]> = [
	['cdyne', new CdyneTrigger(), 'cdyneApi'],
	['namirial', new NamirialSmsTrigger(), 'namirialSmsGatewayApi'],
	['skycore', new SkycoreTrigger(), 'skycoreApi'],
	['wooxy', new WooxyTrigger(), 'wooxyApi'],
];

let sandbox: Sandbox;
let host: TriggerHost | undefined;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(async () => await host?.close());

async function warnings(
	[provider, node, type]: (typeof TRIGGERS)[number],
	credential: ICredentialDataDecryptedObject | undefined,
	isTest = false,
): Promise<string[]> {
	const said: string[] = [];
	const logger = { warn: (words: string) => said.push(words) } as unknown as Logger;
	const spy = jest.spyOn(HookContext.prototype, 'logger', 'get').mockReturnValue(logger as never);
	const all = { baseUrl: `${sandbox.url}/${provider}`, accessToken: GOOD_TOKEN, ...credential };
	const credentials: Record<string, ICredentialDataDecryptedObject> = credential
		? { [type]: all }
		: {};
	const parameters = { events: ['message.status'], domain: 'shop.example' };
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

it.each(TRIGGERS.filter(([provider]) => provider !== 'wooxy'))(
	'the trigger of %s warns without any credential',
	async (...trigger) => {
		expect(await warnings(trigger, undefined)).toHaveLength(1);
	},
);
