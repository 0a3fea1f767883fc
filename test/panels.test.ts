import type { INodeProperties } from 'n8n-workflow';
import * as providers from './engine/tables/providers';

/** Rules for the panels of all nodes. */

const ACTIONS = Object.values(providers).map(({ node }) => node.description);
const TRIGGERS = Object.values(providers).map(({ trigger }) => trigger.description);

/** A field and the fields in its collections. */
function withMembers(field: INodeProperties): INodeProperties[] {
	const members = (field.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
	return [field, ...members.flatMap(withMembers)];
}

const fieldsOf = ({ properties }: { properties: INodeProperties[] }) =>
	properties.flatMap(withMembers).filter(({ type }) => type !== 'hidden');

const NAMED = [...ACTIONS, ...TRIGGERS].map((node) => [node.displayName, node] as const);

describe.each(NAMED)('%s', (_name, node) => {
	it('shows an example in each text field', () => {
		const texts = fieldsOf(node).filter(
			({ type, default: initial, hint }) => type === 'string' && initial === '' && !hint,
		);
		const without = texts.filter(({ placeholder = '' }) => !placeholder.startsWith('e.g. '));
		expect(without.map(({ name }) => name)).toEqual([]);
	});

	it('names the unit of a number in its label', () => {
		const durations = fieldsOf(node).filter(({ description }) =>
			/\b[Ss]econds\b/.test(description ?? ''),
		);
		const withoutUnit = durations.filter(
			({ type, displayName }) => type === 'number' && !/\(/.test(displayName),
		);
		expect(withoutUnit.map(({ name }) => name)).toEqual([]);
	});
});

describe.each(ACTIONS.map((node) => [node.displayName, node] as const))('%s', (_name, node) => {
	const operations = node.properties.filter(({ name }) => name === 'operation');

	it('offers to send an SMS first', () => {
		expect(operations[0].options?.[0]).toMatchObject({ action: 'Send an SMS' });
		expect(operations[0].displayOptions?.show?.resource).toEqual([
			node.properties[0].options?.[0] && (node.properties[0].options[0] as { value: string }).value,
		]);
	});

	it('names no API call in the description of an operation', () => {
		const descriptions = operations.flatMap(({ options = [] }) =>
			options.map((option) => ('description' in option ? (option.description ?? '') : '')),
		);
		expect(descriptions.filter((text) => /[a-z][A-Z]|\w\/\w/.test(text))).toEqual([]);
	});
});

/** Wooxy posts a single status, so its trigger has no filter. */
it.each(
	TRIGGERS.filter(({ name }) => name !== 'wooxyTrigger').map(
		({ name, properties }) => [name, properties] as const,
	),
)('%s has a filter for statuses', (_name, properties) => {
	const more = properties.find(({ name }) => name === 'additionalFields')?.options ?? [];
	expect(more.map(({ name }) => name)).toContain('status');
});

it('a new trigger of received texts ignores system words', () => {
	for (const { displayName, properties } of TRIGGERS) {
		const field = properties.find(({ name }) => name === 'additionalFields');
		const receivesTexts = JSON.stringify(properties).includes('"message.received"');
		expect([displayName, field?.default]).toEqual([
			displayName,
			receivesTexts ? { ignoreSystemWords: true } : {},
		]);
	}
});

it('a new trigger listens for incoming messages and statuses', () => {
	const selected = TRIGGERS.map(
		({ properties }) => properties.find(({ name }) => name === 'events')?.default,
	);
	const both = ['message.received', 'message.status'];
	expect(selected).toEqual([both, ['message.status'], both, ['message.status']]);
});

const WAITING = Object.values(providers).flatMap(({ title, provider }) =>
	provider.operations
		.filter((operation) => 'wait' in operation || 'pollUntilFinal' in operation)
		.map((operation) => [`${title} ${operation.operation}`, operation] as const),
);

it.each(WAITING)('%s has a limit for its wait', (_title, operation) => {
	expect(operation).toMatchObject({ waitLimit: { amount: expect.any(Number) } });
});
