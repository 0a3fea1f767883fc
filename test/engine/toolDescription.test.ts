import type { INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { choose } from '../chooser';
import {
	ofAll,
	PROVIDER_NAMES,
	PROVIDERS,
	type ProviderName,
	type ProviderRow,
} from './operations';

/** What n8n tells a model of a tool that has no description of its own. */
function told(provider: ProviderName, parameters: Record<string, string>): string {
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
	const filled = NodeHelpers.getNodeParameters(
		type.properties,
		parameters,
		true,
		false,
		node,
		type as never,
	);
	return String(filled?.toolDescription);
}

const operationsOf = ({ provider }: ProviderRow) =>
	provider.operations.map(({ resource, operation }) => ({ resource, operation }));

const TELL = 'Send an SMS to Anna: a reminder that her parcel is there';
const ASK = 'Ask Anna by SMS a question, whether Monday suits, and go on with her answer';
const FIND = 'Find out what became of the text that was sent before: has it arrived, by its ID?';

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
	['wooxy', 'Put 380441234567 on the black list so that it gets no text', 'blockedNumber.add'],
	['skycore', TELL, 'sms.send'],
	['skycore', 'Which campaigns of MMS does the account have?', 'campaign.getMany'],
];

describe('What a model is told of the operations', () => {
	const all = ofAll(operationsOf);

	it.each(all)('%s %j says what it does, needs and gives', (provider, parameters) => {
		const text = told(provider, parameters);
		expect(text).toMatch(/^[A-Z].*\. Gives \w+/s);
		expect(text).not.toContain('undefined');
		expect(text.length).toBeLessThan(900);
	});

	it.each(all)('%s %j tells what costs money from what does not', (provider, parameters) => {
		const sends = /^send/.test(parameters.operation);
		expect(told(provider, parameters).includes('costs money')).toBe(sends);
	});

	it.each(PROVIDER_NAMES)('no two operations of %s are told alike', (provider) => {
		const texts = operationsOf(PROVIDERS[provider]).map((parameters) => told(provider, parameters));
		expect(new Set(texts).size).toBe(texts.length);
	});

	it.each(SENTENCES)('of all tools of %s, "%s" leads to %s', (provider, sentence, wanted) => {
		const operations = operationsOf(PROVIDERS[provider]);
		const chosen = choose(
			sentence,
			operations.map((parameters) => told(provider, parameters)),
		);
		const { resource, operation } = operations[chosen];
		expect(`${resource}.${operation}`).toBe(wanted);
	});

	it('an approval is described too', () => {
		const parameters = { resource: 'message', operation: 'sendAndWait' };
		const approval = told('cdyne', { ...parameters, responseType: 'approval' });
		expect(approval).toBe(told('cdyne', parameters));
	});

	it('nothing of it is shown where the node is no tool', () => {
		const shown = ({ displayOptions }: INodeProperties) => displayOptions?.show?.['@tool'];
		for (const { node } of Object.values(PROVIDERS)) {
			const fields = node.description.properties.filter(({ name }) => name === 'toolDescription');
			expect(fields.map(shown)).toEqual(fields.map(() => [true]));
		}
	});
});
