import type { IDataObject, INode } from 'n8n-workflow';
import { statusAddress } from '../../nodes/shared/statusAddress';
import { itemWith } from './contexts';

/** Where the status of a message is posted to. */

const TYPE = 'n8n-nodes-sms-gateways.cdyneTrigger';
const KEPT = 'https://n8n.example/webhook/kept';
const BASE = 'https://n8n.example/webhook';

const trigger = (fields: Partial<INode> = {}): INode => ({
	id: 't1',
	name: 'Trigger',
	type: TYPE,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	webhookId: 'hook-1',
	...fields,
});

interface Script {
	parameters?: IDataObject;
	nodes?: INode[];
	/** The addresses that triggers have left. */
	kept?: IDataObject;
	type?: string;
	mode?: string;
	base?: string;
	credentials?: object;
	token?: string;
	index?: number;
}

function addressOf(script: Script) {
	const { parameters = { statusUpdates: 'trigger' }, nodes, kept = {}, mode = 'manual' } = script;
	const { type = 'n8n-nodes-sms-gateways.cdyne', base, credentials, token, index } = script;
	const hints: string[] = [];
	const members = {
		getNode: () => ({ id: 'node-1', name: 'Node', type, parameters, credentials }),
		getWorkflow: () => ({ id: 'w1' }),
		getWorkflowStaticData: () => ({ smsTriggers: { [TYPE]: kept, other: { t9: 'https://o' } } }),
		getMode: () => mode,
		...(nodes && { workflow: { nodes: Object.fromEntries(nodes.map((n) => [n.name, n])) } }),
		...(base && { additionalData: { webhookBaseUrl: base } }),
		addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
	};
	return { address: statusAddress(itemWith(parameters, members, index), token), hints };
}

describe('of the trigger in this workflow', () => {
	it.each<[string, Script, string]>([
		['what it has left', { kept: { t1: KEPT }, nodes: [trigger()] }, KEPT],
		['what it has left, where no nodes are seen', { kept: { t1: KEPT } }, KEPT],
		['that for a tool', { kept: { t1: KEPT }, type: 'n8n-nodes-sms-gateways.cdyneTool' }, KEPT],
		['with the token', { kept: { t1: KEPT }, token: 'a' }, `${KEPT}?token=a`],
		[
			'that of a trigger among other nodes',
			{ kept: { t1: KEPT }, nodes: [trigger({ id: 'x', name: 'X', type: 'x' }), trigger()] },
			KEPT,
		],
		[
			'what a trigger has left that is not among the nodes',
			{ kept: { t0: KEPT }, nodes: [trigger({ disabled: true })] },
			KEPT,
		],
		[
			'the first one that fits',
			{
				kept: { t1: 'https://one.example', t2: KEPT },
				nodes: [trigger({ disabled: true }), trigger({ id: 't2', name: 'Two' })],
			},
			KEPT,
		],
	])('is %s', (_, script, address) => {
		expect(addressOf(script).address).toBe(address);
	});

	const BUILT = `${BASE}/hook-1/webhook`;
	it.each<[string, Script, string | undefined]>([
		['a trigger has started it', { mode: 'trigger' }, BUILT],
		['a webhook has started it', { mode: 'webhook' }, BUILT],
		['it is a retry', { mode: 'retry' }, BUILT],
		[
			'another node has a webhook, too',
			{ nodes: [trigger({ id: 'x', name: 'X', type: 'x', webhookId: 'hook-x' }), trigger()] },
			BUILT,
		],
		['it is a test run', { mode: 'manual' }, undefined],
		['the host shows no base', { mode: 'trigger', base: '' }, undefined],
		['the trigger has no webhook', { nodes: [trigger({ webhookId: undefined })] }, undefined],
		['the trigger is deactivated', { nodes: [trigger({ disabled: true })] }, undefined],
		['a trigger has left one, but another', { kept: { t1: KEPT } }, KEPT],
	])('is made of the node where %s', (_, script, address) => {
		const whole = { mode: 'trigger', base: BASE, nodes: [trigger()], ...script };
		if (address !== undefined) expect(addressOf(whole).address).toContain(address);
		else expect(() => addressOf(whole)).toThrow('it has none that is active');
	});

	it('is not made of a node where others have left theirs', () => {
		const nodes = [trigger(), trigger({ id: 't2', name: 'Two' })];
		const kept = { t2: KEPT };
		const { address, hints } = addressOf({ mode: 'trigger', base: BASE, nodes, kept });
		expect(address).toBe(KEPT);
		expect(hints).toEqual([]);
	});

	it.each<[string, Partial<INode>, object | undefined, string | undefined]>([
		['fits', {}, undefined, undefined],
		['is deactivated', { disabled: true }, undefined, '"Trigger" is deactivated'],
		[
			'takes other events',
			{ parameters: { events: ['message.received'] } },
			undefined,
			'"Trigger" is not set to Message Status in Trigger On',
		],
		[
			'takes these among others',
			{ parameters: { events: ['a', 'message.status'] } },
			{},
			undefined,
		],
		['has its events from an expression', { parameters: { events: '={{ 1 }}' } }, {}, undefined],
		[
			'has another credential',
			{ credentials: { api: { id: '1', name: 'a' } } },
			{ api: { id: '2', name: 'b' } },
			'"Trigger" has another credential than this node',
		],
		[
			'has another one among several',
			{ credentials: { more: { id: '1', name: 'm' }, api: { id: '1', name: 'a' } } },
			{ api: { id: '2', name: 'b' }, more: { id: '1', name: 'm' } },
			'"Trigger" has another credential than this node',
		],
		[
			'has the same credential',
			{ credentials: { api: { id: '1', name: 'a' } } },
			{ api: { id: '1', name: 'a' } },
			undefined,
		],
		[
			'has a credential of a type that the node has none of',
			{ credentials: { other: { id: '1', name: 'a' } } },
			{ api: { id: '2', name: 'b' } },
			undefined,
		],
		[
			'has a credential and the node none',
			{ credentials: { api: { id: '1', name: 'a' } } },
			undefined,
			undefined,
		],
	])('is that of one that %s', (_, fields, credentials, objection) => {
		const script = { kept: { t1: KEPT }, nodes: [trigger(fields)], credentials };
		if (objection === undefined) expect(addressOf(script).address).toBe(KEPT);
		else expect(() => addressOf(script)).toThrow(`but none fits: ${objection}`);
	});

	it('is none where there is no trigger', () => {
		expect(() => addressOf({ nodes: [] })).toThrow(
			expect.objectContaining({
				message:
					'Status Updates are set to the trigger in this workflow, but it has none that is active',
				description: expect.stringContaining('publish the workflow'),
			}),
		);
	});

	it('is none where none fits, and each says why', () => {
		const nodes = [
			trigger({ disabled: true }),
			trigger({ id: 't2', name: 'Two', parameters: { events: [] } }),
		];
		expect(() => addressOf({ kept: { t1: KEPT, t2: KEPT }, nodes })).toThrow(
			'none fits: "Trigger" is deactivated; "Two" is not set to Message Status in Trigger On',
		);
	});

	it.each<[string, number, INode[] | undefined, number]>([
		['with the first item', 0, [trigger(), trigger({ id: 't2', name: 'Two' })], 1],
		['with no other item', 1, [trigger(), trigger({ id: 't2', name: 'Two' })], 0],
		['of none where nobody knows their names', 0, undefined, 0],
	])('is the first of several, which is said %s', (_, index, nodes, times) => {
		const kept = { t1: KEPT, t2: 'https://two.example' };
		const { address, hints } = addressOf({ kept, nodes, index });
		expect(address).toBe(KEPT);
		expect(hints).toHaveLength(times);
		for (const hint of hints) expect(hint).toContain('It is posted to "Trigger".');
	});

	it('is not said to be one of several where it is the only one', () => {
		expect(addressOf({ kept: { t1: KEPT }, nodes: [trigger()] }).hints).toEqual([]);
	});
});

describe('that the user gives', () => {
	const url = (statusUrl: string, more: Script = {}) =>
		addressOf({ parameters: { statusUpdates: 'url', statusUrl }, token: 'secret', ...more })
			.address;

	it.each([
		['https://a.example/x', 'https://a.example/x'],
		['HTTP://a.example', 'HTTP://a.example'],
		[' https://a.example/x ', 'https://a.example/x'],
	])('%j is %j, without the token', (given, address) => {
		expect(url(given)).toBe(address);
	});

	it.each([
		'',
		'a.example',
		'ftp://a.example',
		'https://',
		'see https://a.example',
		'ftp://a.example/https://a',
		'https:/a',
	])('%j is none', (given) => {
		expect(() => url(given)).toThrow(/^The Status URL .* is not a web address$/);
	});

	it.each([
		[KEPT, `${KEPT}?token=secret`],
		[`${KEPT}?a=1`, `${KEPT}?a=1&token=secret`],
		[`${KEPT}?token=mine`, `${KEPT}?token=mine`],
		[`${KEPT}/other`, `${KEPT}/other`],
	])('%s has the token where it is a trigger’s: %s', (given, address) => {
		const kept = { t0: 'https://other.example', t1: KEPT };
		expect(url(given, { kept })).toBe(address);
	});
});

it.each<[IDataObject]>([[{}], [{ statusUpdates: 'none', statusUrl: 'https://a.example' }]])(
	'of %j is none',
	(parameters) => {
		expect(addressOf({ parameters, kept: { t1: KEPT } }).address).toBeUndefined();
	},
);
