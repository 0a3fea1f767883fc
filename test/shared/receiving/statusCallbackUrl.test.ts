import type { EventName } from '../../../nodes/shared/model/event';
import type { IDataObject, INode } from 'n8n-workflow';
import { statusCallbackUrl } from '../../../nodes/shared/receiving/statusCallbackUrl';
import { itemWith } from '../../engine/harness/contexts';

/** The URL that the provider posts the status of a message to. */

const TYPE = 'n8n-nodes-sms-gateways.cdyneTrigger';
const STORED = 'https://n8n.example/webhook/stored';
const BASE = 'https://n8n.example/webhook';

const triggerWith = (fields: Partial<INode> = {}): INode => ({
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
	/** What the provider posts to the URL. */
	events?: readonly EventName[];
	parameters?: IDataObject;
	nodes?: INode[];
	/** The URLs that triggers have stored. */
	stored?: IDataObject;
	type?: string;
	mode?: string;
	baseUrl?: string;
	credentials?: object;
	token?: string;
	index?: number;
}

function urlOf(script: Script) {
	const { parameters = { statusUpdates: 'trigger' }, nodes, stored = {}, mode = 'manual' } = script;
	const { type = 'n8n-nodes-sms-gateways.cdyne', baseUrl, credentials, token, index } = script;
	const { events } = script;
	const hints: string[] = [];
	const members = {
		getNode: () => ({ id: 'node-1', name: 'Node', type, parameters, credentials }),
		getWorkflow: () => ({ id: 'w1' }),
		getWorkflowStaticData: () => ({
			smsTriggers: { [TYPE]: stored, other: { t9: 'https://o' } },
		}),
		getMode: () => mode,
		...(nodes && { workflow: { nodes: Object.fromEntries(nodes.map((n) => [n.name, n])) } }),
		...(baseUrl && { additionalData: { webhookBaseUrl: baseUrl } }),
		addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
	};
	const url = statusCallbackUrl(itemWith(parameters, members, index), token, events);
	return { url, hints };
}

describe('the URL of the trigger in this workflow', () => {
	it.each<[string, Script, string]>([
		['the one that it stored', { stored: { t1: STORED }, nodes: [triggerWith()] }, STORED],
		['the one that it stored, if n8n shows no nodes', { stored: { t1: STORED } }, STORED],
		[
			'the same for a tool',
			{ stored: { t1: STORED }, type: 'n8n-nodes-sms-gateways.cdyneTool' },
			STORED,
		],
		['the stored one with the token', { stored: { t1: STORED }, token: 'a' }, `${STORED}?token=a`],
		[
			'that of the trigger among other nodes',
			{
				stored: { t1: STORED },
				nodes: [triggerWith({ id: 'x', name: 'X', type: 'x' }), triggerWith()],
			},
			STORED,
		],
		[
			'one that was stored by a trigger that is not among the nodes',
			{ stored: { t0: STORED }, nodes: [triggerWith({ disabled: true })] },
			STORED,
		],
		[
			'that of the first suitable trigger',
			{
				stored: { t1: 'https://one.example', t2: STORED },
				nodes: [triggerWith({ disabled: true }), triggerWith({ id: 't2', name: 'Two' })],
			},
			STORED,
		],
	])('is %s', (_, script, url) => {
		expect(urlOf(script).url).toBe(url);
	});

	const BUILT = `${BASE}/hook-1/webhook`;
	it.each<[string, Script, string | undefined]>([
		['a trigger started the execution', { mode: 'trigger' }, BUILT],
		['a webhook started the execution', { mode: 'webhook' }, BUILT],
		['the execution is a retry', { mode: 'retry' }, BUILT],
		[
			'another node has a webhook too',
			{
				nodes: [triggerWith({ id: 'x', name: 'X', type: 'x', webhookId: 'hook-x' }), triggerWith()],
			},
			BUILT,
		],
		['the execution is a test run', { mode: 'manual' }, undefined],
		['n8n shows no base URL', { mode: 'trigger', baseUrl: '' }, undefined],
		['the trigger has no webhook', { nodes: [triggerWith({ webhookId: undefined })] }, undefined],
		['the trigger is deactivated', { nodes: [triggerWith({ disabled: true })] }, undefined],
		['a URL is stored, which is used instead', { stored: { t1: STORED } }, STORED],
	])('without a stored URL, if %s', (_, script, url) => {
		const fullScript = { mode: 'trigger', baseUrl: BASE, nodes: [triggerWith()], ...script };
		if (url !== undefined) expect(urlOf(fullScript).url).toContain(url);
		else expect(() => urlOf(fullScript)).toThrow('it has no active trigger');
	});

	it('is not built from a node if other triggers have stored theirs', () => {
		const nodes = [triggerWith(), triggerWith({ id: 't2', name: 'Two' })];
		const stored = { t2: STORED };
		const { url, hints } = urlOf({ mode: 'trigger', baseUrl: BASE, nodes, stored });
		expect(url).toBe(STORED);
		expect(hints).toEqual([]);
	});

	it.each<[string, Partial<INode>, object | undefined, string | undefined]>([
		['has all defaults', {}, undefined, undefined],
		['is deactivated', { disabled: true }, undefined, '"Trigger" is deactivated'],
		[
			'is set to other events',
			{ parameters: { events: ['message.received'] } },
			undefined,
			'"Trigger" is not set to Message Status in Trigger On',
		],
		[
			'is set to Message Status among others',
			{ parameters: { events: ['a', 'message.status'] } },
			{},
			undefined,
		],
		['has its events from an expression', { parameters: { events: '={{ 1 }}' } }, {}, undefined],
		[
			'has another credential',
			{ credentials: { api: { id: '1', name: 'a' } } },
			{ api: { id: '2', name: 'b' } },
			'"Trigger" uses a different credential than this node',
		],
		[
			'has another credential among several',
			{ credentials: { more: { id: '1', name: 'm' }, api: { id: '1', name: 'a' } } },
			{ api: { id: '2', name: 'b' }, more: { id: '1', name: 'm' } },
			'"Trigger" uses a different credential than this node',
		],
		[
			'has the same credential',
			{ credentials: { api: { id: '1', name: 'a' } } },
			{ api: { id: '1', name: 'a' } },
			undefined,
		],
		[
			'has a credential of a type that the node does not use',
			{ credentials: { other: { id: '1', name: 'a' } } },
			{ api: { id: '2', name: 'b' } },
			undefined,
		],
		[
			'has a credential, but the node has none',
			{ credentials: { api: { id: '1', name: 'a' } } },
			undefined,
			undefined,
		],
	])('is used or not for a trigger that %s', (_, fields, credentials, mismatch) => {
		const script = { stored: { t1: STORED }, nodes: [triggerWith(fields)], credentials };
		if (mismatch === undefined) expect(urlOf(script).url).toBe(STORED);
		else expect(() => urlOf(script)).toThrow(`but no trigger is suitable: ${mismatch}`);
	});

	it('is that of a trigger for replies, if the provider posts them there too', () => {
		const repliesOnly = triggerWith({ parameters: { events: ['message.received'] } });
		const events = ['message.status', 'message.received'] as const;
		const stored = { t1: STORED, t2: `${STORED}/2` };
		expect(urlOf({ stored: { t1: STORED }, nodes: [repliesOnly], events }).url).toBe(STORED);
		// one that gets both is better
		const both = triggerWith({ id: 't2', name: 'Two' });
		expect(urlOf({ stored, nodes: [repliesOnly, both], events }).url).toBe(`${STORED}/2`);
	});

	it('is an error if there is no trigger', () => {
		expect(() => urlOf({ nodes: [] })).toThrow(
			expect.objectContaining({
				message:
					'Status Updates are set to the trigger in this workflow, but it has no active trigger',
				description: expect.stringContaining('publish the workflow'),
			}),
		);
	});

	it('is an error with all reasons if no trigger is suitable', () => {
		const nodes = [
			triggerWith({ disabled: true }),
			triggerWith({ id: 't2', name: 'Two', parameters: { events: 'message.received' } }),
		];
		expect(() => urlOf({ stored: { t1: STORED, t2: STORED }, nodes })).toThrow(
			'no trigger is suitable: "Trigger" is deactivated; "Two" is not set to Message Status in Trigger On',
		);
	});

	it.each<[string, number, INode[] | undefined, number]>([
		['a hint for the first item', 0, [triggerWith(), triggerWith({ id: 't2', name: 'Two' })], 1],
		['no hint for another item', 1, [triggerWith(), triggerWith({ id: 't2', name: 'Two' })], 0],
		['no hint if n8n does not show their names', 0, undefined, 0],
	])('is the first of several, with %s', (_, index, nodes, count) => {
		const stored = { t1: STORED, t2: 'https://two.example' };
		const { url, hints } = urlOf({ stored, nodes, index });
		expect(url).toBe(STORED);
		expect(hints).toHaveLength(count);
		for (const hint of hints) expect(hint).toContain('It is posted to "Trigger".');
	});

	it('adds no hint if there is only one trigger', () => {
		expect(urlOf({ stored: { t1: STORED }, nodes: [triggerWith()] }).hints).toEqual([]);
	});
});

describe('a URL of the user', () => {
	const userUrl = (statusUrl: string, script: Script = {}) =>
		urlOf({ parameters: { statusUpdates: 'url', statusUrl }, token: 'secret', ...script }).url;

	it.each([
		['https://a.example/x', 'https://a.example/x'],
		['HTTP://a.example', 'HTTP://a.example'],
		[' https://a.example/x ', 'https://a.example/x'],
	])('%j is used as %j, without the token', (statusUrl, url) => {
		expect(userUrl(statusUrl)).toBe(url);
	});

	it.each([
		'',
		'a.example',
		'ftp://a.example',
		'https://',
		'see https://a.example',
		'ftp://a.example/https://a',
		'https:/a',
	])('%j is rejected', (statusUrl) => {
		expect(() => userUrl(statusUrl)).toThrow(/^The Status URL .* is not a web address$/);
	});

	it.each([
		[STORED, `${STORED}?token=secret`],
		[`${STORED}?a=1`, `${STORED}?a=1&token=secret`],
		[`${STORED}?token=mine`, `${STORED}?token=mine`],
		[`${STORED}/other`, `${STORED}/other`],
	])('%s gets the token if it is that of a trigger: %s', (statusUrl, url) => {
		const stored = { t0: 'https://other.example', t1: STORED };
		expect(userUrl(statusUrl, { stored })).toBe(url);
	});
});

it.each<[IDataObject]>([[{}], [{ statusUpdates: 'none', statusUrl: 'https://a.example' }]])(
	'there is no URL with the parameters %j',
	(parameters) => {
		expect(urlOf({ parameters, stored: { t1: STORED } }).url).toBeUndefined();
	},
);
