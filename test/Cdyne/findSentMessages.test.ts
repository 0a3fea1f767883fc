import { EMPTY_GUID } from '../../nodes/Cdyne/api/status';
import { findByReference } from '../../nodes/Cdyne/findSentMessages';
import { thrownBy } from '../engine/harness/canned';
import { apiResponding, apiWith, ID, OTHER_ID, type SentRequest } from './cdyne';

/** Which messages CDYNE has under a reference, and to whom they went. */

const [ONE, TWO] = ['+17575550142', '+17575550143'];

const text = (MessageID: string, members: object = {}) => ({
	SMSError: 0,
	MessageID,
	ReferenceID: 'r',
	Queued: true,
	...members,
});

/** A connection with these texts under the reference, and with the numbers that they went to. */
function apiOf(texts: object[], numbers: Record<string, unknown> = {}, headers = {}) {
	return apiResponding(({ name, query }: SentRequest) => {
		if (name === 'GetMessageStatusByReferenceID') return { headers, body: texts };
		const number = numbers[query.MessageId];
		if (number === 'broken') return { status: 404, body: '' };
		if (number === 'unknown') return { body: { MessageStatus: 404, MessageID: EMPTY_GUID } };
		return { body: { MessageStatus: 200, MessageID: query.MessageId, To: number } };
	});
}

const find = async (api: ReturnType<typeof apiOf>['api'], needsRecipients = true) =>
	await findByReference(api, 'r', needsRecipients);

const recipientsIn = ({ messages }: Awaited<ReturnType<typeof find>>) =>
	messages.map(({ message, recipient }) => [message.messageId, recipient, message.to]);

it.each<[string, unknown, unknown]>([
	['in the form of the intents', '17575550142', ONE],
	['in another form', '(757) 555-0142', ONE],
	['of somebody else', '011393331112233', '+393331112233'],
	['that is missing', undefined, null],
	['that is empty', '', null],
	['that cannot be looked up', 'broken', null],
])('a message has its recipient, by a number %s', async (_, number, recipient) => {
	const raw = text(ID);
	const found = await find(apiOf([raw], { [ID]: number }).api);
	expect(found).toMatchObject({
		messages: [{ raw, recipient, message: { messageId: ID, to: recipient, status: 'queued' } }],
		isComplete: true,
	});
});

it('a message without an ID has no recipient, and is not looked up', async () => {
	const { api, requests } = apiOf([text('')], { '': ONE });
	expect(recipientsIn(await find(api))).toEqual([[null, null, null]]);
	expect(requests).toHaveLength(1);
});

it('messages have no recipients if these do not matter', async () => {
	const { api, requests } = apiOf([text(ID)], { [ID]: ONE });
	expect(recipientsIn(await find(api, false))).toEqual([[ID, null, null]]);
	expect(requests).toHaveLength(1);
});

it('each number is looked up once, and again only if that failed', async () => {
	const numbers: Record<string, unknown> = { [ID]: ONE, [OTHER_ID]: 'broken' };
	const { api, requests } = apiOf([text(ID), text(OTHER_ID)], numbers);
	expect(recipientsIn(await find(api))).toEqual([
		[ID, ONE, ONE],
		[OTHER_ID, null, null],
	]);
	numbers[ID] = 'broken';
	numbers[OTHER_ID] = TWO;
	expect(recipientsIn(await find(api))).toEqual([
		[ID, ONE, ONE],
		[OTHER_ID, TWO, TWO],
	]);
	const lookups = requests.filter(({ name }) => name === 'ReadMessageStatus');
	expect(lookups.map(({ query }) => query.MessageId)).toEqual([ID, OTHER_ID, OTHER_ID]);
});

it('a number that CDYNE does not tell is looked up once, unless it does not know the message yet', async () => {
	const numbers: Record<string, unknown> = { [OTHER_ID]: 'unknown' };
	const { api, requests } = apiOf([text(ID), text(OTHER_ID)], numbers);
	expect((await find(api)).messages.map(({ recipient }) => recipient)).toEqual([null, null]);
	Object.assign(numbers, { [ID]: ONE, [OTHER_ID]: TWO });
	expect((await find(api)).messages.map(({ recipient }) => recipient)).toEqual([null, TWO]);
	const lookups = requests.filter(({ name }) => name === 'ReadMessageStatus');
	expect(lookups.map(({ query }) => query.MessageId)).toEqual([ID, OTHER_ID, OTHER_ID]);
});

it.each([150, 1_000])('all of %i messages have their recipients', async (count) => {
	const ids = Array.from({ length: count }, (_, index) => `id-${index}`);
	const numbers = Object.fromEntries(ids.map((id) => [id, TWO]));
	const found = await find(
		apiOf(
			ids.map((id) => text(id)),
			numbers,
		).api,
	);
	expect(found.isComplete).toBe(true);
	expect(recipientsIn(found)).toEqual(ids.map((id) => [id, TWO, TWO]));
});

it('of more than 1,000 messages the last ones are returned without recipients', async () => {
	const ids = Array.from({ length: 1_002 }, (_, index) => `id-${index}`);
	const numbers = Object.fromEntries(ids.map((id) => [id, TWO]));
	const { api, requests } = apiOf(
		ids.map((id) => text(id)),
		numbers,
	);
	const recipients = (await find(api)).messages.map(({ recipient }) => recipient);
	expect(recipients.slice(-3)).toEqual([TWO, null, null]);
	expect(requests).toHaveLength(1 + 1_000);
});

it.each<[string, object, string[], boolean]>([
	['a cancelled message', { Cancelled: true }, ['canceled'], true],
	['a sent message', { Sent: true }, ['sent'], true],
	['a rejected message', { SMSError: 3 }, [], true],
	['a message of a suspended account', { SMSError: 9 }, [], true],
	['the report that there is none', { SMSError: 7 }, [], true],
	['a message in unlisted words', { SMSError: 'New' }, [], false],
	['a message with an unlisted number', { SMSError: 200 }, [], false],
	['a message with an error at CDYNE', { SMSError: 8 }, [], false],
])('%s is found or not, and may hide others', async (_, members, statuses, isComplete) => {
	const found = await find(apiOf([text(ID, members)]).api);
	expect(found.messages.map(({ message }) => message.status)).toEqual(statuses);
	expect(found.isComplete).toBe(isComplete);
});

it('rejected messages are not looked up', async () => {
	const { api, requests } = apiOf([text(ID, { SMSError: 3 }), text(OTHER_ID)]);
	await find(api);
	expect(requests.slice(1).map(({ query }) => query.MessageId)).toEqual([OTHER_ID]);
});

it('the clock of the response counts, not that of the look-ups of numbers', async () => {
	const now = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2030-01-01T12:00:00.250Z'));
	const headers = { date: 'Tue, 01 Jan 2030 11:59:00 GMT' };
	const { clock } = await find(apiOf([text(ID)], { [ID]: ONE }, headers).api);
	expect(clock).toEqual({ min: -60_250, max: -59_251 });
	expect((await find(apiOf([]).api)).clock).toBeUndefined();
	now.mockRestore();
});

it('a failed look-up by reference is an error', async () => {
	const { api } = apiWith([{ SMSError: 2 }]);
	expect(await thrownBy(async () => await find(api))).toMatchObject({ kind: 'credential' });
});

it('an unexpected error in the look-up of a number is not hidden', async () => {
	const { api } = apiWith([text(ID)], new TypeError('broken'));
	await expect(find(api)).rejects.toThrow('broken');
});
