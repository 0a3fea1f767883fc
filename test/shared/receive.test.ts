import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { eventShape } from '../../nodes/shared/event';
import { parseForm } from '../../nodes/shared/form';
import type { Postbacks } from '../../nodes/shared/postbacks';
import { receive } from '../../nodes/shared/receive';
import { OK } from '../../nodes/shared/reply';
import { postbackWebhook } from '../../nodes/shared/trigger';

/** What a provider may do differently from the four: nothing of it is known to shared/. */

const FORM: Postbacks = {
	read: ({ text }) => {
		const raw = Object.fromEntries(parseForm(text));
		return [{ event: 'message.received', key: [text], text: raw.message ?? null, raw }];
	},
	gives: eventShape,
	verification: { secretsOf: async () => [], warn: async () => undefined },
	method: 'POST',
	reply: OK,
	answer: 'atOnce',
	perMessage: false,
};

/** A request as n8n hands it over, and what was answered. */
async function received(changes: Partial<Postbacks>, query: IDataObject = {}) {
	const answers: string[] = [];
	const response = {
		status: (code: number) => (answers.push(String(code)), response),
		type: (type: string) => (answers.push(type), response),
		send: (body: string) => (answers.push(body), response),
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
	return { answers, json: workflowData?.[0].map(({ json }) => json) };
}

it('a provider that asks by GET is read from the query, without our token', async () => {
	const { json } = await received(
		{ method: 'GET' },
		{ token: 't', message: 'a b', id: ['1', '2'] },
	);
	expect(json).toMatchObject([{ provider: 'p', text: 'a b', raw: { message: 'a b', id: '2' } }]);
	expect(json?.[0].raw).not.toHaveProperty('token');
});

it('a provider that posts is read from the body, whatever the query says', async () => {
	const { json } = await received({}, { message: 'from the query' });
	expect(json).toMatchObject([{ text: 'from the body' }]);
});

it('a provider that would text an answer to the sender gets an empty one', async () => {
	const reply = { body: '', type: 'text/plain' };
	expect((await received({ reply })).answers).toEqual(['200', 'text/plain', '']);
	// n8n's word for it, where n8n answers
	expect(postbackWebhook({ ...FORM, reply })).toMatchObject({ responseData: 'noData' });
});

it('a provider may want another type', async () => {
	const reply = { body: '<Response/>', type: 'text/xml' };
	expect((await received({ reply })).answers).toEqual(['200', 'text/xml', '<Response/>']);
	expect(postbackWebhook({ ...FORM, reply })).toMatchObject({
		responseData: '<Response/>',
		responseContentType: 'text/xml',
	});
});

it('what a provider’s verification refuses starts nothing', async () => {
	const secretsOf = async () => undefined;
	const { answers, json } = await received({ verification: { ...FORM.verification, secretsOf } });
	expect(answers[0]).toBe('401');
	expect(json).toBeUndefined();
});

it('the secrets that it names are masked in what came', async () => {
	const secret = 'a-signing-key-of-ours';
	const verification = { ...FORM.verification, secretsOf: async () => [secret] };
	const { json } = await received({ method: 'GET', verification }, { message: `is ${secret}` });
	expect(json).toMatchObject([{ text: 'is ***', raw: { message: 'is ***' } }]);
});

describe('a request', () => {
	interface Asked {
		changes?: Partial<Postbacks>;
		body?: Buffer;
		error?: unknown;
		fields?: IDataObject;
		events?: string[];
	}

	/** The same with a body and parameters: the status, what was said, and the events. */
	async function asked({
		changes = {},
		body,
		error,
		fields = {},
		events = ['message.received'],
	}: Asked) {
		const answers: unknown[] = [];
		const response = {
			status: (code: number) => (answers.push(code), response),
			type: () => response,
			send: (words: string) => (answers.push(words), response),
		};
		const request = {
			rawBody: body,
			readRawBody: async () => (error === undefined ? undefined : await Promise.reject(error)),
		};
		const context = {
			getNodeParameter: (name: string, fallback: unknown) =>
				({ events, additionalFields: fields })[name] ?? fallback,
			getQueryData: () => ({}),
			getHeaderData: () => ({ 'content-encoding': fields.encoding }),
			getRequestObject: () => request,
			getResponseObject: () => response,
		} as unknown as IWebhookFunctions;
		const { workflowData, noWebhookResponse } = await receive(context, {
			name: 'p',
			postbacks: { ...FORM, answer: 'whenStored', ...changes },
		});
		return { answers, noWebhookResponse, events: workflowData?.[0].map(({ json }) => json) };
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
	])('with the largest body %j may have %d megabytes', async (maxBodySize, megabytes) => {
		const fields = { maxBodySize } as IDataObject;
		// what does not change the count costs no time to read
		const read = () => [{ event: 'message.received' as const, key: [], raw: '' }];
		const of = async (length: number) =>
			await asked({ changes: { read }, body: Buffer.alloc(length), fields });
		expect((await of(megabytes * MEGABYTE)).events).toHaveLength(1);
		expect(await of(megabytes * MEGABYTE + 1)).toEqual({
			answers: [413, 'The body could not be read'],
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
	])('whose reading fails with %j is refused with %i', async (error, status) => {
		expect(await asked({ error })).toEqual({
			answers: [status, 'The body could not be read'],
			noWebhookResponse: true,
			events: undefined,
		});
	});

	it('in an encoding that nobody reads is refused with 415', async () => {
		const { answers } = await asked({ body: Buffer.from('a'), fields: { encoding: 'br' } });
		expect(answers).toEqual([415, 'The body could not be read']);
	});

	it('without the token is refused before it is read', async () => {
		const secretsOf = async () => undefined;
		const changes = { verification: { ...FORM.verification, secretsOf } };
		expect(await asked({ changes, error: { status: 413 } })).toEqual({
			answers: [401, 'The token is missing or wrong'],
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

	it.each<[string, Asked, string[]]>([
		['what is wanted', { events: ['link.clicked'] }, ['link.clicked']],
		['all', { events: [...kinds] }, [...kinds]],
		['none', { events: [] }, []],
		[
			'what has no name, too',
			{ events: ['link.clicked'], changes: { read, isUnnamed: ({ text }) => text === kinds[0] } },
			[kinds[0], 'link.clicked'],
		],
		[
			'what has no name, and nothing else',
			{ events: [], changes: { read, isUnnamed: () => false } },
			[],
		],
		['one status', { events: [...kinds], fields: { status: ['sent'] } }, [...kinds]],
		[
			'another status',
			{ events: [...kinds], fields: { status: ['failed'] } },
			[kinds[0], kinds[2]],
		],
		[
			'what the provider’s filter accepts',
			{ events: [...kinds], changes: { read, accepts: (_, { event }) => event !== kinds[0] } },
			[kinds[1], kinds[2]],
		],
		[
			'nothing that it does not',
			{ events: [...kinds], changes: { read, accepts: () => false } },
			[],
		],
	])('starts the workflow with %s', async (_, run, expected) => {
		const { events, answers } = await asked({ body: Buffer.from('a'), changes: { read }, ...run });
		expect(events?.map(({ event }) => event) ?? []).toEqual(expected);
		// where nothing starts the node answers at once
		expect(answers).toEqual(expected.length > 0 ? [] : [200, 'OK']);
	});

	it('of several events has one time and one name', async () => {
		const { events = [] } = await asked({
			body: Buffer.from('a'),
			changes: { read },
			events: [...kinds],
		});
		expect(new Set(events.map(({ receivedAt }) => receivedAt)).size).toBe(1);
		expect(events.map(({ provider }) => provider)).toEqual(['p', 'p', 'p']);
		expect(events[0].receivedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	});

	it.each<[Postbacks['answer'], string | undefined, boolean]>([
		['atOnce', undefined, true],
		['whenStored', undefined, false],
		['atOnce', 'whenStored', false],
		['whenStored', 'atOnce', true],
		['whenStored', 'other', false],
	])(
		'of a provider that hears %s, of a user who says %s, is answered at once: %s',
		async (answer, chosen, atOnce) => {
			const run = await asked({
				body: Buffer.from('a'),
				changes: { answer },
				fields: chosen === undefined ? {} : { answer: chosen },
			});
			expect(run.answers).toEqual(atOnce ? [200, 'OK'] : []);
			expect(run.noWebhookResponse).toBe(atOnce ? true : undefined);
			expect(run.events).toHaveLength(1);
		},
	);
});
