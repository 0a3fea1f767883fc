import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { parseForm } from '../../../nodes/shared/formats/form';
import { eventSchema } from '../../../nodes/shared/model/event';
import { postbackWebhook } from '../../../nodes/shared/panel/triggerFields';
import { OK_RESPONSE } from '../../../nodes/shared/provider/provider';
import type { Postbacks } from '../../../nodes/shared/provider/provider';
import { receive } from '../../../nodes/shared/receiving/receive';

/** Receiving postbacks, for a provider that is set up differently from the real ones. */

const FORM: Postbacks = {
	read: ({ text }) => {
		const raw = Object.fromEntries(parseForm(text));
		return [{ event: 'message.received', key: [text], text: raw.message ?? null, raw }];
	},
	outputSchema: eventSchema,
	verification: { secretsOf: async () => [], warn: async () => undefined },
	method: 'POST',
	response: OK_RESPONSE,
	respond: 'atOnce',
	statusUrlPerMessage: false,
};

/** Receives a request. @returns the response and the events */
async function receiveForm(changes: Partial<Postbacks>, query: IDataObject = {}) {
	const responded: string[] = [];
	const response = {
		status: (code: number) => (responded.push(String(code)), response),
		type: (type: string) => (responded.push(type), response),
		send: (body: string) => (responded.push(body), response),
	};
	const context = {
		getNodeParameter: (name: string) => (name === 'events' ? ['message.received'] : {}),
		getQueryData: () => query,
		getHeaderData: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
		getRequestObject: () => ({ rawBody: Buffer.from('message=from+the+body') }),
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
	const { workflowData } = await receive(context, {
		name: 'p',
		postbacks: { ...FORM, ...changes },
	});
	return { responded, events: workflowData?.[0].map(({ json }) => json) };
}

it('the events of a provider that uses GET are read from the query without the token', async () => {
	const { events } = await receiveForm(
		{ method: 'GET' },
		{ token: 't', message: 'a b', id: ['1', '2'] },
	);
	expect(events).toMatchObject([{ provider: 'p', text: 'a b', raw: { message: 'a b', id: '2' } }]);
	expect(events?.[0].raw).not.toHaveProperty('token');
});

it('the events of a provider that uses POST are read from the body only', async () => {
	const { events } = await receiveForm({}, { message: 'from the query' });
	expect(events).toMatchObject([{ text: 'from the body' }]);
});

it('the response can be empty, for a provider that would text it to the sender', async () => {
	const response = { body: '', type: 'text/plain' };
	const { responded } = await receiveForm({ response });
	expect(responded).toEqual(['200', 'text/plain', '']);
	// for n8n this means an empty body
	expect(postbackWebhook({ ...FORM, response })).toMatchObject({ responseData: 'noData' });
});

it('the response can have another content type', async () => {
	const response = { body: '<Response/>', type: 'text/xml' };
	const { responded } = await receiveForm({ response });
	expect(responded).toEqual(['200', 'text/xml', '<Response/>']);
	expect(postbackWebhook({ ...FORM, response })).toMatchObject({
		responseData: '<Response/>',
		responseContentType: 'text/xml',
	});
});

it('a request that the verification rejects starts no workflow', async () => {
	const secretsOf = async () => undefined;
	const verification = { ...FORM.verification, secretsOf };
	const { responded, events } = await receiveForm({ verification });
	expect(responded[0]).toBe('401');
	expect(events).toBeUndefined();
});

it('secrets of the verification are masked in the events', async () => {
	const secret = 'a-signing-key-of-the-user';
	const verification = { ...FORM.verification, secretsOf: async () => [secret] };
	const query = { message: `is ${secret}` };
	const { events } = await receiveForm({ method: 'GET', verification }, query);
	expect(events).toMatchObject([{ text: 'is ***', raw: { message: 'is ***' } }]);
});

describe('a request', () => {
	interface Script {
		changes?: Partial<Postbacks>;
		body?: Buffer;
		error?: unknown;
		fields?: IDataObject;
		events?: unknown;
	}

	/** Receives a request with a body and parameters. @returns the response and the events */
	async function post({
		changes = {},
		body,
		error,
		fields = {},
		events = ['message.received'],
	}: Script) {
		const responded: unknown[] = [];
		const response = {
			status: (code: number) => (responded.push(code), response),
			type: () => response,
			send: (text: string) => (responded.push(text), response),
		};
		const request = {
			rawBody: body,
			readRawBody: async () => (error === undefined ? undefined : await Promise.reject(error)),
		};
		const context = {
			getNodeParameter: (name: string, fallback: unknown) =>
				(({ events, additionalFields: fields })[name] as unknown) ?? fallback,
			getQueryData: () => ({}),
			getHeaderData: () => ({ 'content-encoding': fields.encoding }),
			getRequestObject: () => request,
			getResponseObject: () => response,
		} as unknown as IWebhookFunctions;
		const { workflowData, noWebhookResponse } = await receive(context, {
			name: 'p',
			postbacks: { ...FORM, respond: 'whenStored', ...changes },
		});
		return { responded, noWebhookResponse, events: workflowData?.[0].map(({ json }) => json) };
	}

	const MEGABYTE = 1_048_576;
	it.each<[unknown, number]>([
		[undefined, 1],
		[null, 1],
		[1, 1],
		[2, 2],
		['3', 3],
		[1.5, 1.5],
		[16, 16],
		[17, 16],
		[1_000, 16],
		[0.5, 1],
		[0, 1],
		[-4, 1],
		['many', 1],
	])('with Largest Body %j can have %d megabytes', async (maxBodySize, megabytes) => {
		const fields = { maxBodySize } as IDataObject;
		// does not read the body, which would take long
		const read = () => [{ event: 'message.received' as const, key: [], raw: '' }];
		const postBytes = async (length: number) =>
			await post({ changes: { read }, body: Buffer.alloc(length), fields });
		expect((await postBytes(megabytes * MEGABYTE)).events).toHaveLength(1);
		expect(await postBytes(megabytes * MEGABYTE + 1)).toEqual({
			responded: [413, 'The body could not be read'],
			noWebhookResponse: true,
			events: undefined,
		});
	});

	it.each<[unknown, number]>([
		[{ status: 413 }, 413],
		[{ status: 415 }, 415],
		[{ status: 400 }, 400],
		[{ status: 404 }, 400],
		[{ httpStatus: 413 }, 413],
		[{ httpStatus: 415 }, 415],
		[{ status: 415, httpStatus: 413 }, 415],
		[new Error('aborted'), 400],
	])('whose reading fails with %j is rejected with %i', async (error, status) => {
		expect(await post({ error })).toEqual({
			responded: [status, 'The body could not be read'],
			noWebhookResponse: true,
			events: undefined,
		});
	});

	it('in an unsupported encoding is rejected with 415', async () => {
		const { responded } = await post({ body: Buffer.from('a'), fields: { encoding: 'br' } });
		expect(responded).toEqual([415, 'The body could not be read']);
	});

	it('without the token is rejected before it is read', async () => {
		const secretsOf = async () => undefined;
		const changes = { verification: { ...FORM.verification, secretsOf } };
		expect(await post({ changes, error: { status: 413 } })).toEqual({
			responded: [401, 'The token is missing or wrong'],
			noWebhookResponse: true,
			events: undefined,
		});
	});

	const kinds = ['message.received', 'message.status', 'link.clicked'] as const;
	const read: Postbacks['read'] = () =>
		kinds.map((event) => ({
			event,
			key: [event],
			raw: '',
			text: event,
			status: event === 'message.status' ? 'sent' : null,
		}));

	it.each<[string, Script, string[]]>([
		['the selected event', { events: ['link.clicked'] }, ['link.clicked']],
		['all selected events', { events: [...kinds] }, [...kinds]],
		['all events if none is selected', { events: [] }, [...kinds]],
		['all events if nothing is selected', { events: null }, [...kinds]],
		['all events for an empty text', { events: '' }, [...kinds]],
		['all events for a value that cannot be read', { events: { a: 1 } }, [...kinds]],
		['all events for an unknown word', { events: 'message.statuss' }, [...kinds]],
		['the event that a text selects', { events: 'message.status' }, [kinds[1]]],
		[
			'the events that a text with commas selects',
			{ events: ' Link.Clicked , message.status' },
			[kinds[1], kinds[2]],
		],
		['the event that JSON text selects', { events: '["link.clicked"]' }, ['link.clicked']],
		[
			'events with a status that a text selects',
			{ fields: { status: 'sent, failed' }, events: [] },
			[...kinds],
		],
		[
			'no events with another status than the one in a text',
			{ fields: { status: 'failed' }, events: [] },
			[kinds[0], kinds[2]],
		],
		[
			'all events if the status cannot be read',
			{ fields: { status: 'arrived' }, events: [] },
			[...kinds],
		],
		[
			'all events if Additional Fields cannot be read',
			{ fields: 'x' as never, events: [] },
			[...kinds],
		],
		[
			'events that bypass the selection',
			{
				events: ['link.clicked'],
				changes: { read, bypassesEventFilter: ({ text }) => text === kinds[0] },
			},
			[kinds[0], 'link.clicked'],
		],
		[
			'no event if none of the selected ones occurs or bypasses the selection',
			{ events: ['media.ready'], changes: { read, bypassesEventFilter: () => false } },
			[],
		],
		[
			'events with a selected status',
			{ events: [...kinds], fields: { status: ['sent'] } },
			[...kinds],
		],
		[
			'no events with another status',
			{ events: [...kinds], fields: { status: ['failed'] } },
			[kinds[0], kinds[2]],
		],
		[
			'events that the provider’s filter accepts',
			{ events: [...kinds], changes: { read, accepts: (_, { event }) => event !== kinds[0] } },
			[kinds[1], kinds[2]],
		],
		[
			'no events that the provider’s filter rejects',
			{ events: [...kinds], changes: { read, accepts: () => false } },
			[],
		],
	])('starts the workflow with %s', async (_, script, expected) => {
		const { events, responded } = await post({
			body: Buffer.from('a'),
			changes: { read },
			...script,
		});
		expect(events?.map(({ event }) => event) ?? []).toEqual(expected);
		// the node itself responds if it starts no workflow
		expect(responded).toEqual(expected.length > 0 ? [] : [200, 'OK']);
	});

	it('with several events gives them the same time and provider', async () => {
		const { events = [] } = await post({
			body: Buffer.from('a'),
			changes: { read },
			events: [...kinds],
		});
		expect(new Set(events.map(({ receivedAt }) => receivedAt)).size).toBe(1);
		expect(events.map(({ provider }) => provider)).toEqual(['p', 'p', 'p']);
		expect(events[0].receivedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	});

	it.each<[Postbacks['respond'], string | undefined, boolean]>([
		['atOnce', undefined, true],
		['whenStored', undefined, false],
		['atOnce', 'whenStored', false],
		['whenStored', 'atOnce', true],
		['whenStored', 'other', false],
	])(
		'with the provider’s default %s and the user’s choice %s gets a response at once: %s',
		async (respond, answer, atOnce) => {
			const { responded, noWebhookResponse, events } = await post({
				body: Buffer.from('a'),
				changes: { respond },
				fields: answer === undefined ? {} : { answer },
			});
			expect(responded).toEqual(atOnce ? [200, 'OK'] : []);
			expect(noWebhookResponse).toBe(atOnce ? true : undefined);
			expect(events).toHaveLength(1);
		},
	);
});
