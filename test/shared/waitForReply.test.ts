import type { IDataObject } from 'n8n-workflow';
import type { PostbackEvent } from '../../nodes/shared/event';
import type { Output } from '../../nodes/shared/item';
import type { SmsMessage, SmsStatus } from '../../nodes/shared/message';
import type { Parking, Waiting } from '../../nodes/shared/wait';
import { waitForReply } from '../../nodes/shared/waitForReply';
import type { Help } from '../../nodes/shared/waitForReply';
import { itemWith, messageWith } from './contexts';

/** What ends a wait for an answer, and what leaves the node then. */

const TO = '+17575550142';
const FROM = '17575449510';
const MESSAGE = messageWith({ to: TO, from: FROM, referenceId: 'order-7' });

const eventOf = (fields: Partial<PostbackEvent>): PostbackEvent =>
	({
		provider: 'p',
		event: 'message.received',
		eventId: 'e',
		messageId: null,
		inReplyTo: null,
		referenceId: null,
		from: TO,
		to: FROM,
		text: null,
		status: null,
		isFinal: null,
		providerStatus: null,
		errorCode: null,
		occurredAt: null,
		receivedAt: 'received',
		raw: {},
		...fields,
	}) as PostbackEvent;
const answer = (text: string | null, fields: Partial<PostbackEvent> = {}) =>
	eventOf({ text, ...fields });

const waitingOf = (state: IDataObject = {}, message: Partial<SmsMessage> = {}) =>
	({
		wait: 'w',
		state: {
			message: { ...MESSAGE, ...message },
			words: [],
			approval: false,
			helpText: 'Please reply.',
			...state,
		},
	}) as unknown as Waiting;

const APPROVAL = { words: ['YES', 'NO'], approval: true };
const CHOICES = { words: ['YES', 'NO'], approval: false };

async function outcome(
	events: PostbackEvent[],
	state: IDataObject = {},
	message: Partial<SmsMessage> = {},
) {
	const helps: Help[] = [];
	const wait = waitForReply(async (_, help) => void helps.push(help));
	const outputs = await wait.onEvents(waitingOf(state, message), events);
	return { json: outputs?.[0].json, count: outputs?.length, helps };
}

describe('an answer', () => {
	it('ends the wait with all that is known of it', async () => {
		const { json, count, helps } = await outcome([
			answer('Hello', { messageId: 'in1', occurredAt: 'occurred', from: '+1 757 555 0142' }),
		]);
		expect(count).toBe(1);
		expect(json).toEqual({
			provider: 'p',
			outcome: 'answered',
			approved: null,
			choice: null,
			reason: null,
			text: 'Hello',
			from: '+1 757 555 0142',
			to: FROM,
			messageId: 'in1',
			inReplyTo: 'm1',
			referenceId: 'order-7',
			occurredAt: 'occurred',
		});
		expect(helps).toEqual([]);
	});

	it('without a time has the one at which it came', async () => {
		const { json } = await outcome([answer('Hello')]);
		expect(json).toMatchObject({ occurredAt: 'received', messageId: null });
	});

	it('without numbers has those of the message', async () => {
		const { json } = await outcome([answer('Hello', { from: null, to: null })], {}, { to: null });
		expect(json).toMatchObject({ from: null, to: FROM });
	});

	it.each<[string, IDataObject, string, string, boolean | null, string | null]>([
		['approves', APPROVAL, 'yes.', 'answered', true, 'YES'],
		['declines', APPROVAL, 'No', 'declined', false, 'NO'],
		['chooses the first', CHOICES, 'yes', 'answered', null, 'YES'],
		['chooses the second', CHOICES, 'no', 'answered', null, 'NO'],
	])('%s', async (_, state, text, ends, approved, choice) => {
		const { json, helps } = await outcome([answer(text)], state);
		expect(json).toMatchObject({ outcome: ends, approved, choice, reason: null, text });
		expect(helps).toEqual([]);
	});

	it.each([null, '', '  \n'])('that says nothing, %j, ends nothing', async (text) => {
		expect(await outcome([answer(text)])).toMatchObject({ json: undefined, helps: [] });
		expect(await outcome([answer(text)], APPROVAL)).toMatchObject({ json: undefined, helps: [] });
	});

	it('that is none of the words is answered by a help text', async () => {
		const { json, helps } = await outcome([answer('maybe')], APPROVAL);
		expect(json).toBeUndefined();
		expect(helps).toEqual([{ to: TO, from: FROM, text: 'Please reply.', reference: 'help-m1' }]);
	});

	it.each([null, ''])('of nobody, %j, that is none of the words gets no help', async (from) => {
		const { json, helps } = await outcome([answer('maybe', { from })], APPROVAL, { to: null });
		expect({ json, helps }).toEqual({ json: undefined, helps: [] });
	});

	it('is no other event that has a text', async () => {
		const { json, helps } = await outcome([answer('START', { event: 'contact.optedIn' })]);
		expect({ json, helps }).toEqual({ json: undefined, helps: [] });
	});

	it('is the first of several', async () => {
		const { json } = await outcome([answer('one'), answer('two')]);
		expect(json).toMatchObject({ text: 'one' });
	});
});

describe('an answer is one to this message', () => {
	it.each<[string, boolean, Partial<PostbackEvent>]>([
		['that names no message', true, {}],
		['that names it', true, { inReplyTo: 'm1' }],
		['that names another', false, { inReplyTo: 'm0' }],
		['that names its help text', true, { inReplyTo: 'm2', referenceId: 'help-m1' }],
		['that names the help text of another', false, { inReplyTo: 'm2', referenceId: 'help-m0' }],
		['of another number', false, { from: '+17575550143' }],
		['of another number that names it', false, { from: '+17575550143', inReplyTo: 'm1' }],
		['of no number', false, { from: null }],
	])('%s: %s', async (_, ends, fields) => {
		expect((await outcome([answer('Hello', fields)])).json !== undefined).toBe(ends);
	});

	it('whoever sent it, where nobody knows to whom the message went', async () => {
		const { json } = await outcome([answer('Hello', { from: '1' })], {}, { to: null });
		expect(json).toMatchObject({ from: '1' });
	});

	it.each<[string, string, boolean]>([
		['+17575550142', '17575550142', true],
		['7575550142', '17575550142', true],
		['17575550142', '7575550142', true],
		['7575550142', '7575550142', true],
		['757555014', '1757555014', false],
		['1757555014', '757555014', false],
		['75755501423', '175755501423', false],
		['175755501423', '75755501423', false],
		['7575550142', '27575550142', false],
		['00393331234567', '+39 333 123-4567', true],
		['+39 333 1234567', '01139 3331234567', true],
		['0393331234567', '393331234567', false],
		['390113331234', '3903331234', false],
		['3900333123', '39333123', false],
		['７５７５５５０１４２', '+17575550142', true],
		['', '', false],
		['+', '-', false],
	])('of %j, of which the message went to %j: %s', async (from, to, same) => {
		const { json } = await outcome([answer('Hello', { from })], {}, { to });
		expect(json !== undefined).toBe(same);
	});
});

describe('a status', () => {
	const statusOf = (fields: Partial<PostbackEvent>) =>
		eventOf({ event: 'message.status', messageId: 'm1', isFinal: true, ...fields });

	it.each<[SmsStatus, boolean]>([
		['queued', false],
		['sent', false],
		['delivered', false],
		['read', false],
		['unknown', false],
		['undelivered', true],
		['failed', true],
		['canceled', true],
	])('of %s ends it: %s', async (status, ends) => {
		const { json } = await outcome([statusOf({ status, providerStatus: 'Word' })]);
		expect(json?.outcome).toBe(ends ? 'failed' : undefined);
	});

	it.each<[string, Partial<PostbackEvent>]>([
		['is tried again', { isFinal: false }],
		['may be tried again', { isFinal: null }],
		['is of another message', { messageId: 'm0' }],
		['is of no message', { messageId: null }],
		['is another event', { event: 'media.failed' }],
	])('of a failure that %s ends nothing', async (_, fields) => {
		expect((await outcome([statusOf({ status: 'failed', ...fields })])).json).toBeUndefined();
	});

	it('that is none ends nothing', async () => {
		expect((await outcome([statusOf({ status: null })])).json).toBeUndefined();
	});

	it.each<[string | null, IDataObject, string, boolean | null]>([
		['Blocked', {}, 'The message was not delivered: Blocked', null],
		[null, CHOICES, 'The message was not delivered: failed', null],
		['Blocked', APPROVAL, 'The message was not delivered: Blocked', false],
	])(
		'of a failure, %j of %j, leaves with its reason',
		async (providerStatus, state, reason, approved) => {
			const { json } = await outcome([statusOf({ status: 'failed', providerStatus })], state);
			expect(json).toEqual({
				provider: 'p',
				outcome: 'failed',
				approved,
				choice: null,
				reason,
				text: null,
				from: TO,
				to: FROM,
				messageId: null,
				inReplyTo: 'm1',
				referenceId: 'order-7',
				occurredAt: null,
			});
		},
	);

	it('counts before an answer, and an opt-out before both', async () => {
		const lost = statusOf({ status: 'failed' });
		const left = eventOf({ event: 'contact.optedOut', text: 'STOP' });
		expect((await outcome([answer('Hi'), lost])).json).toMatchObject({ outcome: 'failed' });
		expect((await outcome([answer('Hi'), lost, left])).json).toMatchObject({ outcome: 'declined' });
	});
});

it.each([{}, APPROVAL, CHOICES])('an opt-out declines, of %j', async (state) => {
	const { json } = await outcome([eventOf({ event: 'contact.optedOut', text: 'STOP' })], state);
	expect(json).toMatchObject({
		outcome: 'declined',
		approved: false,
		choice: null,
		reason: 'The recipient opted out',
		text: 'STOP',
		from: TO,
	});
});

it('an opt-out of somebody else ends nothing', async () => {
	const { json } = await outcome([eventOf({ event: 'contact.optedOut', from: '+17575550143' })]);
	expect(json).toBeUndefined();
});

describe('the help text', () => {
	it('is sent once while it is under way, and may be tried again after that', async () => {
		const ends: Array<(error?: Error) => void> = [];
		const wait = waitForReply(
			async () =>
				await new Promise<void>((resolve, reject) =>
					ends.push((error) => (error ? reject(error) : resolve())),
				),
		);
		const ask = async (messageId = 'm1') =>
			await wait.onEvents(waitingOf(APPROVAL, { messageId }), [answer('maybe')]);
		const first = ask();
		expect(await ask()).toBeUndefined();
		expect(ends).toHaveLength(1);
		const other = ask('m2');
		expect(ends).toHaveLength(2);
		ends[0](new Error('Refused'));
		await expect(first).rejects.toThrow('Refused');
		ends[1]();
		expect(await other).toBeUndefined();
		const second = ask();
		expect(ends).toHaveLength(3);
		ends[2]();
		expect(await second).toBeUndefined();
		void ask();
		expect(ends).toHaveLength(4);
	});
});

describe('parking', () => {
	const START = 1_900_000_000_000;
	beforeEach(() => void jest.useFakeTimers({ now: START }));
	afterEach(() => void jest.useRealTimers());

	const parked = (parameters: IDataObject = {}, left = 1) => {
		const sent = [{ json: MESSAGE as unknown as IDataObject }];
		return waitForReply(async () => {}).park(itemWith(parameters), sent, new Date(START + left));
	};
	const NONE = {
		provider: 'p',
		outcome: 'noAnswer',
		approved: null,
		choice: null,
		reason: 'No answer came in time',
		text: null,
		from: TO,
		to: FROM,
		messageId: null,
		inReplyTo: 'm1',
		referenceId: 'order-7',
		occurredAt: null,
	};

	it('keeps what is needed to go on', () => {
		expect(parked()).toStrictEqual({
			state: { message: MESSAGE, words: [], approval: false, helpText: expect.any(String) },
			until: new Date(START + 1),
			atLimit: [{ json: NONE }],
			meanwhile: [{ json: MESSAGE, raw: undefined }],
			names: { messageId: 'm1', referenceId: 'order-7' },
		});
	});

	it('of an approval counts no answer as none', () => {
		const { state, atLimit } = parked({ responseType: 'approval' }) as Parking;
		expect(state).toMatchObject({ ...APPROVAL, helpText: 'Please reply YES or NO.' });
		expect(atLimit).toEqual([{ json: { ...NONE, approved: false } }]);
	});

	it('keeps the help text of the user', () => {
		const parameters = { responseType: 'choices', choices: 'A,B', options: { helpText: 'A? B?' } };
		expect((parked(parameters) as Parking).state).toMatchObject({
			words: ['A', 'B'],
			approval: false,
			helpText: 'A? B?',
		});
	});

	it.each([0, -1])('%i ms before the limit is none', (left) => {
		expect(parked({}, left)).toEqual([{ json: NONE }] satisfies Output[]);
	});
});
