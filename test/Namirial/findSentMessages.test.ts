import { findByReference } from '../../nodes/Namirial/findSentMessages';
import { failureOf } from '../engine/harness/canned';
import { apiWith, MESSAGE, type SentRequest } from './namirial';

/** Which messages Namirial has under a reference, and whether they went to a number. */

const START = Date.parse('2026-03-01T10:00:00Z');
const TO = '+393331112233';
const REFERENCE = { service: 'S', action: 'A', key: 'k' };

interface Stored {
	id?: string;
	/** Seconds since the start; none for a message without a time. */
	at?: number;
	to?: string;
	reference?: object;
	status?: string;
}

/** A status API with these messages, which lists the latest first. */
function apiOf(stored: Stored[], date?: string) {
	const lists = apiWith(({ url, qs = {} }: SentRequest) => {
		const number = /phonenumber\/(.+)/.exec(decodeURIComponent(url))?.[1];
		const bound = qs.sendDate === undefined ? Infinity : Date.parse(qs.sendDate);
		const page = stored
			.map((message, index) => ({ at: 0, to: TO, id: String(index), ...message }))
			.filter(({ to, at = 0 }) => (!number || to === number) && START + at * 1_000 < bound)
			.sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
			.slice(0, Number(qs.count));
		const messages = page.map(({ id, at, reference = REFERENCE, status = 'SENT' }) => ({
			message: {
				...MESSAGE,
				id,
				reference,
				status,
				providerAcceptanceAt:
					at === undefined ? undefined : new Date(START + at * 1_000).toISOString(),
			},
		}));
		return { status: 200, body: { messages }, date: number ? undefined : date };
	});
	return lists;
}

const find = async (stored: Stored[], reference: typeof REFERENCE | object = REFERENCE) =>
	await findByReference(apiOf(stored).api, reference as typeof REFERENCE, TO);

const recipientsIn = ({ messages }: Awaited<ReturnType<typeof find>>) =>
	messages.map(({ message, recipient }) => [message.messageId, recipient, message.to]);

const many = (count: number, fields: (index: number) => Stored = () => ({})) =>
	Array.from({ length: count }, (_, index) => ({ at: index, ...fields(index) }));

it('messages have their recipients, by the list of the number', async () => {
	const { api, requests } = apiOf([
		{ at: 9, id: 'a' },
		{ at: 8, id: 'b', to: '+39000' },
		{ at: 7, id: 'c' },
	]);
	const found = await findByReference(api, REFERENCE, TO);
	expect(recipientsIn(found)).toEqual([
		['a', TO, TO],
		['b', 'another number', null],
		['c', TO, TO],
	]);
	expect(found.messages[0]).toMatchObject({
		raw: { message: { id: 'a' } },
		message: { status: 'sent', createdAt: '2026-03-01T10:00:09.000Z' },
	});
	expect(found.isComplete).toBe(true);
	expect(requests.map(({ url }) => url.split('/messagestatus/')[1])).toEqual([
		'reference/k',
		'phonenumber/%2B393331112233',
	]);
});

it('without messages the list of the number is not read', async () => {
	const { api, requests } = apiOf([]);
	expect(await findByReference(api, REFERENCE, TO)).toMatchObject({
		messages: [],
		isComplete: true,
	});
	expect(requests).toHaveLength(1);
});

it.each<[string, object | undefined, object, boolean]>([
	['the same reference', REFERENCE, REFERENCE, true],
	['another service', { ...REFERENCE, service: 'T' }, REFERENCE, false],
	['another action', { ...REFERENCE, action: 'B' }, REFERENCE, false],
	['no service and no action', { key: 'k' }, REFERENCE, true],
	['an action that was not asked for', REFERENCE, { service: 'S', key: 'k' }, false],
	['no reference', { reference: null }, REFERENCE, true],
])('whether a message with %s is found', async (_, reference, wanted, expected) => {
	expect((await find([{ id: 'a', reference }], wanted)).messages).toHaveLength(expected ? 1 : 0);
});

it('a rejected message is found, because Namirial had accepted it', async () => {
	expect((await find([{ status: 'REJECTED' }])).messages).toMatchObject([
		{ message: { status: 'failed' } },
	]);
});

describe('the messages are', () => {
	it.each([
		[100, true],
		[1_000, true],
		[1_001, false],
		[1_500, false],
	])('with %i under the reference complete: %s', async (count, isComplete) => {
		const found = await find(many(count));
		expect(found.messages).toHaveLength(Math.min(count, 1_000));
		expect(found.isComplete).toBe(isComplete);
	});

	it('not complete if too many were sent at the same time', async () => {
		expect((await find(many(130, () => ({ at: 5 })))).isComplete).toBe(false);
		expect((await find(many(99, () => ({ at: 5 })))).isComplete).toBe(true);
	});
});

describe('a message that is not in the list of the number', () => {
	const other = { reference: { service: 'T', key: 'other' } };
	/** The reference's list has only the message; that of the number has all these, and not it. */
	const findBeside = async (at: number | undefined, numberList: Stored[]) => {
		const lists = apiOf(numberList.map((message) => ({ ...message, ...other })));
		const single = apiOf([{ id: 'x', at }]);
		const { api } = apiWith(() => ({ status: 200, body: {} }));
		const http = {
			...api.http,
			request: (async (request, read) =>
				request.url.includes('/reference/')
					? await single.api.http.request(request, read)
					: await lists.api.http.request(request, read)) as typeof api.http.request,
		};
		const found = await findByReference({ ...api, http }, REFERENCE, TO);
		pages = lists.requests.length;
		return recipientsIn(found);
	};
	/** The requests for the list of the number. */
	let pages = 0;
	const SOMEBODY_ELSE = [['x', 'another number', null]];
	const UNTOLD = [['x', null, null]];

	it('went to somebody else if that list reaches further back', async () => {
		expect(await findBeside(50, many(200))).toEqual(SOMEBODY_ELSE);
		expect(await findBeside(50, many(3_000))).toEqual(UNTOLD);
		expect(await findBeside(2_900, many(3_000))).toEqual(SOMEBODY_ELSE);
	});

	it('is not looked for in much older messages', async () => {
		await findBeside(2_950, many(3_000));
		expect(pages).toBe(1);
		await findBeside(2_850, many(3_000));
		expect(pages).toBe(2);
	});

	it('may be among those of the time at which that list ends', async () => {
		expect(await findBeside(2_000, many(3_000))).toEqual(UNTOLD);
		expect(await findBeside(2_001, many(3_000))).toEqual(SOMEBODY_ELSE);
	});

	it('may be among too many of the same time', async () => {
		expect(
			await findBeside(
				50,
				many(130, () => ({ at: 60 })),
			),
		).toEqual(UNTOLD);
		expect(
			await findBeside(
				50,
				many(90, () => ({ at: 60 })),
			),
		).toEqual(SOMEBODY_ELSE);
	});

	it('went to somebody else without a time only if that list is complete', async () => {
		expect(await findBeside(undefined, many(50))).toEqual(SOMEBODY_ELSE);
		expect(await findBeside(undefined, many(3_000))).toEqual(UNTOLD);
	});
});

it('the clock is that of the look-up by reference', async () => {
	const now = jest.spyOn(Date, 'now').mockReturnValue(START + 250);
	const { api } = apiOf([{ id: 'a' }], 'Sun, 01 Mar 2026 10:01:00 GMT');
	const { clock } = await findByReference(api, REFERENCE, TO);
	expect(clock).toEqual({ min: 59_750, max: 60_749 });
	expect((await findByReference(apiOf([]).api, REFERENCE, TO)).clock).toBeUndefined();
	now.mockRestore();
});

it('a failed look-up is an error', async () => {
	const { api } = apiWith(() => ({ status: 403, body: '' }));
	expect(await failureOf(findByReference(api, REFERENCE, TO))).toMatchObject({
		kind: 'credential',
	});
	const onlyReference = apiWith(({ url }) =>
		url.includes('/reference/')
			? { status: 200, body: { messages: [{ message: { ...MESSAGE, reference: {} } }] } }
			: { status: 403, body: '' },
	);
	await expect(findByReference(onlyReference.api, REFERENCE, TO)).rejects.toThrow('API key');
});
