import type { INodeProperties } from 'n8n-workflow';
import { Cdyne } from '../../nodes/Cdyne/Cdyne.node';
import { CdyneTrigger } from '../../nodes/Cdyne/CdyneTrigger.node';
import { NamirialSms } from '../../nodes/Namirial/NamirialSms.node';
import { NamirialSmsTrigger } from '../../nodes/Namirial/NamirialSmsTrigger.node';
import { Skycore } from '../../nodes/Skycore/Skycore.node';
import { SkycoreTrigger } from '../../nodes/Skycore/SkycoreTrigger.node';
import { Wooxy } from '../../nodes/Wooxy/Wooxy.node';
import { WooxyTrigger } from '../../nodes/Wooxy/WooxyTrigger.node';

/** What every panel has in common. */

const ACTIONS = [Cdyne, NamirialSms, Skycore, Wooxy].map((node) => new node().description);
const TRIGGERS = [CdyneTrigger, NamirialSmsTrigger, SkycoreTrigger, WooxyTrigger].map(
	(node) => new node().description,
);

/** A field with those in its collections. */
function withMembers(field: INodeProperties): INodeProperties[] {
	const members = (field.options ?? []).flatMap((one) => {
		if ('values' in one) return one.values;
		return 'type' in one ? [one] : [];
	});
	return [field, ...members.flatMap(withMembers)];
}

const fieldsOf = ({ properties }: { properties: INodeProperties[] }) =>
	properties.flatMap(withMembers).filter(({ type }) => type !== 'hidden');

const NAMED = [...ACTIONS, ...TRIGGERS].map((node) => [node.displayName, node] as const);

describe.each(NAMED)('%s', (_name, node) => {
	it('gives each text field an example', () => {
		const texts = fieldsOf(node).filter(
			({ type, default: usual, hint }) => type === 'string' && usual === '' && !hint,
		);
		const without = texts.filter(({ placeholder = '' }) => !placeholder.startsWith('e.g. '));
		expect(without.map(({ name }) => name)).toEqual([]);
	});

	it('says what a number counts', () => {
		const times = fieldsOf(node).filter(({ description }) =>
			/\b[Ss]econds\b/.test(description ?? ''),
		);
		const unnamed = times.filter(
			({ type, displayName }) => type === 'number' && !/\(/.test(displayName),
		);
		expect(unnamed.map(({ name }) => name)).toEqual([]);
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

	it('names no call of the provider in what it says of an operation', () => {
		const descriptions = operations.flatMap(({ options = [] }) =>
			options.map((one) => ('description' in one ? (one.description ?? '') : '')),
		);
		expect(descriptions.filter((text) => /[a-z][A-Z]|\w\/\w/.test(text))).toEqual([]);
	});
});

/** The providers that post more than one status. */
it.each(
	TRIGGERS.filter(({ name }) => name !== 'wooxyTrigger').map(
		({ name, properties }) => [name, properties] as const,
	),
)('%s lets its user choose the statuses', (_name, properties) => {
	const more = properties.find(({ name }) => name === 'additionalFields')?.options ?? [];
	expect(more.map(({ name }) => name)).toContain('status');
});

it('triggers begin with what most people want to hear of', () => {
	const selected = TRIGGERS.map(
		({ properties }) => properties.find(({ name }) => name === 'events')?.default,
	);
	const both = ['message.received', 'message.status'];
	expect(selected).toEqual([both, ['message.status'], both, ['message.status']]);
});
