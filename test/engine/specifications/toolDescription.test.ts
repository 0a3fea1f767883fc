import { NodeHelpers } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { choose } from '../../chooser';
import { fromAllProviders, PROVIDER_NAMES, PROVIDERS } from '../tables/operations';
import type { ProviderName, ProviderRow } from '../tables/operations';

/** The description that n8n gives a model for a tool without an individual one. */
function describeTool(provider: ProviderName, parameters: Record<string, string>): string {
	const { description } = PROVIDERS[provider].node;
	const type = { ...description, name: `${description.name}Tool` };
	const node = {
		id: '1',
		name: 'Tool',
		type: type.name,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const withDefaults = NodeHelpers.getNodeParameters(
		type.properties,
		parameters,
		true,
		false,
		node,
		type as never,
	);
	return String(withDefaults?.toolDescription);
}

const operationsOf = ({ provider }: ProviderRow) =>
	provider.operations.map(({ resource, operation }) => ({ resource, operation }));

const TELL = 'Send an SMS to Anna as a reminder that her parcel is ready';
const ASK = 'Ask Anna by SMS whether Monday suits her, and continue with her reply';
const FIND = 'Look up by its ID whether the message that was sent earlier was delivered';

const SENTENCES: Array<[ProviderName, string, string]> = [
	['cdyne', TELL, 'message.send'],
	['cdyne', ASK, 'message.sendAndWait'],
	['cdyne', FIND, 'message.getStatus'],
	[
		'cdyne',
		'Send a text to Bob and see whether it was delivered',
		'message.sendAndWaitForDelivery',
	],
	['cdyne', 'Which numbers have opted out and want no more messages?', 'optOut.getMany'],
	['namirial', TELL, 'message.send'],
	['namirial', FIND, 'message.getStatus'],
	['wooxy', TELL, 'message.send'],
	['wooxy', FIND, 'message.getStatus'],
	[
		'wooxy',
		'Put 380441234567 on the black list so that it gets no more messages',
		'blockedNumber.add',
	],
	['skycore', TELL, 'sms.send'],
	['skycore', 'Which campaigns of MMS does the account have?', 'campaign.getMany'],
];

describe('the tool descriptions of the operations', () => {
	const all = fromAllProviders(operationsOf);

	it.each(all)('%s %j says what it does, needs and returns', (provider, parameters) => {
		const text = describeTool(provider, parameters);
		expect(text).toMatch(/^[A-Z].*\. Returns \w+/s);
		expect(text).not.toContain('undefined');
		expect(text.length).toBeLessThan(900);
	});

	it.each(all)('%s %j says whether it costs money', (provider, parameters) => {
		const sends = /^send/.test(parameters.operation);
		expect(describeTool(provider, parameters).includes('costs money')).toBe(sends);
	});

	it.each(PROVIDER_NAMES)('no two operations of %s have the same description', (provider) => {
		const texts = operationsOf(PROVIDERS[provider]).map((parameters) =>
			describeTool(provider, parameters),
		);
		expect(new Set(texts).size).toBe(texts.length);
	});

	it.each(SENTENCES)('among all tools of %s, "%s" selects %s', (provider, sentence, expected) => {
		const operations = operationsOf(PROVIDERS[provider]);
		const chosen = choose(
			sentence,
			operations.map((parameters) => describeTool(provider, parameters)),
		);
		const { resource, operation } = operations[chosen];
		expect(`${resource}.${operation}`).toBe(expected);
	});

	it('an approval has the same description', () => {
		const parameters = { resource: 'message', operation: 'sendAndWait' };
		const approval = describeTool('cdyne', { ...parameters, responseType: 'approval' });
		expect(approval).toBe(describeTool('cdyne', parameters));
	});

	it('the field is only shown if the node is a tool', () => {
		const shownForTools = ({ displayOptions }: INodeProperties) => displayOptions?.show?.['@tool'];
		for (const { node } of Object.values(PROVIDERS)) {
			const fields = node.description.properties.filter(({ name }) => name === 'toolDescription');
			expect(fields.map(shownForTools)).toEqual(fields.map(() => [true]));
		}
	});
});
