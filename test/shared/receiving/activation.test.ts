import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import type { Postbacks } from '../../../nodes/shared/provider/provider';
import { webhookMethods } from '../../../nodes/shared/receiving/activation';

/** The webhook methods of a trigger, which n8n calls when its workflow is published and unpublished. */

const URL = 'https://n8n.example/webhook/1';

/** A trigger with the calls to its provider and the URLs that it has stored. */
function createTrigger({
	statusUrlPerMessage = true,
	registered = undefined as boolean | undefined,
	stored = '',
	parameters = {} as IDataObject,
}) {
	const store: IDataObject = { smsTriggers: stored ? { cdyneTrigger: { 'node-1': stored } } : {} };
	const calls: string[] = [];
	const context = {
		getNode: () => ({ id: 'node-1', name: 'Trigger', type: 'cdyneTrigger' }),
		getNodeWebhookUrl: () => URL,
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getWorkflowStaticData: () => store,
		getActivationMode: () => 'activate',
		getMode: () => 'trigger',
	} as unknown as IHookFunctions;
	const record = (name: string) => async () => void calls.push(name);
	const postbacks = {
		statusUrlPerMessage,
		verification: { warn: record('warn') },
		...(registered !== undefined && {
			registration: {
				isRegistered: async () => registered,
				register: record('register'),
				unregister: record('unregister'),
			},
		}),
	} as unknown as Postbacks;
	const { checkExists, create, delete: remove } = webhookMethods({ postbacks }).default;
	const storedUrls = () => (store.smsTriggers as IDataObject).cdyneTrigger;
	return { context, calls, storedUrls, checkExists, create, remove, postbacks };
}

it.each<[boolean, string, boolean | undefined, boolean]>([
	[true, '', undefined, false],
	[true, 'https://old.example', undefined, false],
	[true, URL, undefined, true],
	[true, URL, false, false],
	[true, URL, true, true],
	[true, '', true, false],
	[false, '', undefined, false],
	[false, '', true, true],
	[false, '', false, false],
])(
	'checkExists with a status URL per message: %s, stored: %j, registered: %s, is %s',
	async (statusUrlPerMessage, stored, registered, exists) => {
		const { context, checkExists } = createTrigger({ statusUrlPerMessage, stored, registered });
		expect(await checkExists.call(context)).toBe(exists);
	},
);

it.each<[boolean, boolean | undefined, string[], object | undefined]>([
	[true, undefined, ['warn'], { 'node-1': URL }],
	[true, true, ['warn', 'register'], { 'node-1': URL }],
	[false, false, ['warn', 'register'], undefined],
	[false, undefined, ['warn'], undefined],
])(
	'create with a status URL per message: %s, registered: %s, calls %j and stores %j',
	async (statusUrlPerMessage, registered, expected, urls) => {
		const { context, create, calls, storedUrls } = createTrigger({
			statusUrlPerMessage,
			registered,
		});
		expect(await create.call(context)).toBe(true);
		expect(calls).toEqual(expected);
		expect(storedUrls()).toEqual(urls);
	},
);

it.each<[boolean, boolean | undefined, string[], object]>([
	[true, undefined, [], {}],
	[true, true, ['unregister'], {}],
	[false, true, ['unregister'], { 'node-1': URL }],
	[false, undefined, [], { 'node-1': URL }],
])(
	'delete with a status URL per message: %s, registered: %s, calls %j and leaves %j',
	async (statusUrlPerMessage, registered, expected, urls) => {
		const { context, remove, calls, storedUrls } = createTrigger({
			statusUrlPerMessage,
			registered,
			stored: URL,
		});
		expect(await remove.call(context)).toBe(true);
		expect(calls).toEqual(expected);
		expect(storedUrls()).toEqual(urls);
	},
);

it('a failed registration is thrown as n8n’s error, and no URL is stored', async () => {
	const { context, create, postbacks, storedUrls } = createTrigger({ registered: true });
	Object.assign(postbacks.registration ?? {}, {
		register: async () => {
			throw new Failure({ kind: 'rejected', message: 'Rejected' });
		},
	});
	await expect(create.call(context)).rejects.toMatchObject({
		name: 'NodeApiError',
		message: 'Rejected',
	});
	expect(storedUrls()).toBeUndefined();
});

describe('a parameter that cannot be read', () => {
	it.each<[IDataObject, string]>([
		[
			{ events: 'message.statuss' },
			'Trigger On is "message.statuss", which is not one of the options',
		],
		[{ events: ['message.status', 'x'] }, 'Trigger On is "x", which is not one of the options'],
		[{ events: { a: 1 } }, 'Trigger On is an object, not text; use {{ $json.field.name }}'],
		[{ additionalFields: 'x' }, 'Additional Fields is "x", which is not an object'],
		[
			{ additionalFields: { length: 9 } },
			'Additional Fields is an expression or a list as a whole, which n8n does not pass on',
		],
		[
			{ additionalFields: { status: 'arrived' } },
			'Status is "arrived", which is not one of the options',
		],
	])('%j stops the activation', async (parameters, message) => {
		const trigger = createTrigger({ parameters, registered: false });
		await expect(trigger.checkExists.call(trigger.context)).rejects.toThrow(message);
		await expect(trigger.create.call(trigger.context)).rejects.toThrow(message);
		expect(trigger.calls).toEqual([]);
		// whatever was registered before can still be removed
		expect(await trigger.remove.call(trigger.context)).toBe(true);
	});

	it.each<[IDataObject]>([
		[{ events: '' }],
		[{ events: [] }],
		[{ events: 'message.status, Message.Received' }],
		[{ events: '["message.status"]', additionalFields: '{"status":["sent"]}' }],
		[{ additionalFields: { status: 'sent, delivered' } }],
	])('%j does not', async (parameters) => {
		const trigger = createTrigger({ parameters, registered: false });
		expect(await trigger.create.call(trigger.context)).toBe(true);
	});
});
