import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { webhookMethods } from '../../nodes/shared/activation';
import { Failure } from '../../nodes/shared/errors';
import type { Postbacks } from '../../nodes/shared/postbacks';

/** What a trigger does when its workflow is published and unpublished. */

const URL = 'https://n8n.example/webhook/1';

/** A trigger, what its provider was told, and the address it has left. */
function trigger({ perMessage = true, registered = undefined as boolean | undefined, kept = '' }) {
	const store: IDataObject = { smsTriggers: kept ? { cdyneTrigger: { 'node-1': kept } } : {} };
	const told: string[] = [];
	const context = {
		getNode: () => ({ id: 'node-1', name: 'Trigger', type: 'cdyneTrigger' }),
		getNodeWebhookUrl: () => URL,
		getWorkflowStaticData: () => store,
		getActivationMode: () => 'activate',
		getMode: () => 'trigger',
	} as unknown as IHookFunctions;
	const note = (what: string) => async () => void told.push(what);
	const postbacks = {
		perMessage,
		verification: { warn: note('warn') },
		...(registered !== undefined && {
			registration: {
				isRegistered: async () => registered,
				register: note('register'),
				unregister: note('unregister'),
			},
		}),
	} as unknown as Postbacks;
	const { checkExists, create, delete: remove } = webhookMethods({ postbacks }).default;
	const address = () => (store.smsTriggers as IDataObject).cdyneTrigger;
	return { context, told, address, checkExists, create, remove, postbacks };
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
	'with an address per message: %s, left: %j, registered: %s, all is there: %s',
	async (perMessage, kept, registered, isThere) => {
		const { context, checkExists } = trigger({ perMessage, kept, registered });
		expect(await checkExists.call(context)).toBe(isThere);
	},
);

it.each<[boolean, boolean | undefined, string[], object | undefined]>([
	[true, undefined, ['warn'], { 'node-1': URL }],
	[true, true, ['warn', 'register'], { 'node-1': URL }],
	[false, false, ['warn', 'register'], undefined],
	[false, undefined, ['warn'], undefined],
])('published, per message: %s, registered: %s', async (perMessage, registered, said, left) => {
	const { context, create, told, address } = trigger({ perMessage, registered });
	expect(await create.call(context)).toBe(true);
	expect(told).toEqual(said);
	expect(address()).toEqual(left);
});

it.each<[boolean, boolean | undefined, string[], object]>([
	[true, undefined, [], {}],
	[true, true, ['unregister'], {}],
	[false, true, ['unregister'], { 'node-1': URL }],
	[false, undefined, [], { 'node-1': URL }],
])('unpublished, per message: %s, registered: %s', async (perMessage, registered, said, left) => {
	const { context, remove, told, address } = trigger({ perMessage, registered, kept: URL });
	expect(await remove.call(context)).toBe(true);
	expect(told).toEqual(said);
	expect(address()).toEqual(left);
});

it('what fails is n8n’s error, and no address is left', async () => {
	const { context, create, postbacks, address } = trigger({ registered: true });
	Object.assign(postbacks.registration ?? {}, {
		register: async () => {
			throw new Failure({ kind: 'rejected', message: 'Refused' });
		},
	});
	await expect(create.call(context)).rejects.toMatchObject({
		name: 'NodeApiError',
		message: 'Refused',
	});
	expect(address()).toBeUndefined();
});
