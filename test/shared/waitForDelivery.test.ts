import type { IDataObject } from 'n8n-workflow';
import type { PostbackEvent } from '../../nodes/shared/event';
import type { SmsMessage } from '../../nodes/shared/message';
import { PROCESS, note, seenOf } from '../../nodes/shared/seen';
import type { Parking, Waiting } from '../../nodes/shared/wait';
import { waitForDelivery, waitForField, waitForOf } from '../../nodes/shared/waitForDelivery';
import { itemWith, messageWith } from './contexts';

/** What ends a wait for the delivery of a message, and what leaves the node then. */

const START = Date.parse('2030-01-31T18:30:00.000Z');
const ACCEPTED = new Date(START).toISOString();
const MESSAGE = messageWith({ to: '1', referenceId: 'order-7' });
const QUEUED = { status: 'queued', providerStatus: 'Queued' };
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const statusOf = (fields: Partial<PostbackEvent>): PostbackEvent =>
	({
		provider: 'p',
		event: 'message.status',
		messageId: 'm1',
		inReplyTo: null,
		status: 'sent',
		isFinal: false,
		providerStatus: 'Sent',
		errorCode: null,
		occurredAt: 'occurred',
		receivedAt: 'received',
		...fields,
	}) as PostbackEvent;
const SENT = statusOf({});
const DELIVERED = statusOf({ status: 'delivered', providerStatus: 'Arrived', isFinal: true });
const FAILED = statusOf({ status: 'failed', providerStatus: 'Blocked', isFinal: true });
const TRIED_AGAIN = statusOf({ ...FAILED, isFinal: false });

let waits = 0;

/** A wait of its own, and what its look-ups give and were asked for. */
function begin(state: IDataObject = {}, known: Partial<SmsMessage> = {}) {
	const name = `delivery ${++waits}`;
	const asked: SmsMessage[] = [];
	const answers: Array<SmsMessage | undefined> = [];
	const wait = waitForDelivery(async (_, message) => {
		asked.push(message);
		return answers.shift();
	});
	const waiting = {
		wait: name,
		state: {
			message: { ...MESSAGE, ...known },
			waitFor: 'delivered',
			acceptedAt: ACCEPTED,
			process: PROCESS,
			asTool: false,
			...state,
		},
	} as unknown as Waiting;
	const hear = async (...events: PostbackEvent[]) => (await wait.onEvents(waiting, events))?.[0];
	const look = async (found?: SmsMessage, last = false) => {
		answers.push(found);
		return (await wait.onLookUp?.(waiting, last))?.[0];
	};
	return { name, hear, look, asked, answers };
}

describe('the field', () => {
	it('has the hint of the provider, if it has one', () => {
		expect(waitForField()).not.toHaveProperty('hint');
		expect(waitForField('Only')).toHaveProperty('hint', 'Only');
	});

	it('offers both', () => {
		const { options } = waitForField();
		expect(options).toMatchObject([
			{ name: 'Delivered', value: 'delivered' },
			{ name: 'Sent', value: 'sent' },
		]);
	});

	it.each([
		[{}, 'delivered'],
		[{ waitFor: 'sent' }, 'sent'],
		[{ waitFor: 'delivered' }, 'delivered'],
	])('of %j is %s', (parameters, waitFor) => {
		expect(waitForOf(itemWith(parameters))).toBe(waitFor);
	});
});

describe('parking', () => {
	const park = (
		known: Partial<SmsMessage> = {},
		{ left = 1, parameters = {}, isTool = false } = {},
	) => {
		const item = itemWith(parameters, {
			evaluateExpression: () => 'http://n8n.example/webhook-waiting/7?signature=s',
			isToolExecution: () => isTool,
		});
		const sent = [{ json: { ...MESSAGE, ...known } as unknown as IDataObject }];
		const wait = waitForDelivery(async () => undefined);
		return wait.park(item, sent, new Date(START + left));
	};
	const ended = (
		known: Partial<SmsMessage>,
		outcome: string,
		output: number,
		complete: boolean,
	) => {
		const { status, providerStatus } = { ...QUEUED, ...known };
		const history = [{ status, providerStatus, at: known.sentAt ?? ACCEPTED }];
		const json = { ...MESSAGE, ...known, outcome, history, historyComplete: complete };
		return [{ json, output }];
	};

	it('keeps what is needed to go on', () => {
		expect(park()).toStrictEqual({
			state: {
				message: MESSAGE,
				waitFor: 'delivered',
				acceptedAt: ACCEPTED,
				process: PROCESS,
				asTool: false,
			},
			until: new Date(START + 1),
			atLimit: ended({}, 'noAnswer', 2, false),
			meanwhile: [{ json: MESSAGE, raw: undefined }],
			lookUpAt: 'http://n8n.example/webhook-waiting/7/node-1?signature=s',
			names: { messageId: 'm1', referenceId: 'order-7' },
		});
	});

	it('of an agent keeps that it is one, who reads the first output', () => {
		const { state, atLimit } = park({}, { isTool: true }) as Parking;
		expect(state.asTool).toBe(true);
		expect(atLimit).toEqual(ended({}, 'noAnswer', 0, false));
	});

	it.each<[Partial<SmsMessage>, IDataObject, string, number]>([
		[{ status: 'delivered', sentAt: '2030' }, {}, 'delivered', 0],
		[{ status: 'sent' }, { waitFor: 'sent' }, 'delivered', 0],
		[{ status: 'failed', isFinal: true }, {}, 'failed', 1],
	])('is not done of a message that is %j at once', (known, parameters, outcome, output) => {
		expect(park(known, { parameters })).toEqual(ended(known, outcome, output, true));
	});

	it.each([0, -1])('is not done %i ms before the limit', (left) => {
		expect(park({ status: 'sent' }, { left })).toEqual(
			ended({ status: 'sent' }, 'noAnswer', 2, true),
		);
	});
});

describe('a status that comes', () => {
	it('ends the wait with all that was heard', async () => {
		const { hear } = begin();
		expect(await hear(SENT)).toBeUndefined();
		expect(await hear(DELIVERED)).toEqual({
			json: {
				...MESSAGE,
				status: 'delivered',
				isFinal: true,
				providerStatus: 'Arrived',
				errorCode: null,
				errorMessage: null,
				sentAt: 'occurred',
				updatedAt: 'occurred',
				outcome: 'delivered',
				history: [
					{ ...QUEUED, at: ACCEPTED },
					{ status: 'sent', providerStatus: 'Sent', at: 'occurred' },
					{ status: 'delivered', providerStatus: 'Arrived', at: 'occurred' },
				],
				historyComplete: true,
			},
			output: 0,
		});
	});

	it('has the time at which it came where the provider gives none', async () => {
		const { hear } = begin();
		expect((await hear({ ...DELIVERED, occurredAt: null }))?.json.updatedAt).toBe('received');
	});

	it.each<[string, PostbackEvent, IDataObject, string | undefined, number | undefined]>([
		['delivered', DELIVERED, {}, 'delivered', 0],
		['sent, where that is enough', SENT, { waitFor: 'sent' }, 'delivered', 0],
		['sent, where it is not', SENT, {}, undefined, undefined],
		['failed', FAILED, {}, 'failed', 1],
		['failed, for an agent', FAILED, { asTool: true }, 'failed', 0],
		['failed, and may be tried again', { ...FAILED, isFinal: null }, {}, undefined, undefined],
		['of another message', { ...DELIVERED, messageId: 'm0' }, {}, undefined, undefined],
		['of no message', { ...DELIVERED, messageId: null }, {}, undefined, undefined],
		['none', { ...DELIVERED, status: null }, {}, undefined, undefined],
		['another event', { ...DELIVERED, event: 'media.ready' }, {}, undefined, undefined],
	])('as %s', async (_, event, state, outcome, output) => {
		const end = await begin(state).hear(event);
		expect([end?.json.outcome, end?.output]).toEqual([outcome, output]);
	});

	it('as none does not belong to the history', async () => {
		const { hear } = begin();
		await hear({ ...DELIVERED, status: null });
		const end = await hear(DELIVERED);
		expect((end?.json.history as IDataObject[]).map(({ status }) => status)).toEqual([
			'queued',
			'delivered',
		]);
	});

	it('without an id ends nothing, where the message has none either', async () => {
		const { hear } = begin({}, { messageId: null });
		expect(await hear({ ...DELIVERED, messageId: null })).toBeUndefined();
	});

	it.each<[string, Partial<PostbackEvent>, string | null]>([
		['none, of no error', { providerStatus: 'Blocked' }, null],
		['the provider’s word, of an error', { errorCode: '7', providerStatus: 'Blocked' }, 'Blocked'],
		['its own', { errorCode: '7', errorMessage: 'Number is off' }, 'Number is off'],
		['its own, of no code', { errorMessage: 'Number is off' }, 'Number is off'],
	])('has as words of its error %s', async (_, fields, words) => {
		const end = await begin().hear({ ...FAILED, ...fields });
		expect(end?.json).toMatchObject({ errorMessage: words, errorCode: fields.errorCode ?? null });
	});

	it('without a word of the provider has an empty one', async () => {
		const end = await begin().hear({ ...DELIVERED, providerStatus: null });
		expect(end?.json.providerStatus).toBe('');
	});

	it('after one that ends it in the same postback does not count', async () => {
		const end = await begin().hear(SENT, DELIVERED, FAILED);
		expect(end?.json.outcome).toBe('delivered');
	});

	it.each<[string, Partial<SmsMessage>, PostbackEvent[], string | null]>([
		['the message’s', { sentAt: 'mine' }, [SENT], 'mine'],
		['that of the status', {}, [SENT], 'occurred'],
		['unknown', {}, [], null],
	])('the time of sending is %s', async (_, known, before, sentAt) => {
		const { hear } = begin({}, known);
		for (const event of before) await hear(event);
		const end = await hear(DELIVERED);
		expect(end?.json.sentAt).toBe(sentAt);
		expect((end?.json.history as IDataObject[])[0].at).toBe(known.sentAt ?? ACCEPTED);
	});

	it('leaves no history as whole that another process began', async () => {
		const end = await begin({ process: 'another' }).hear(DELIVERED);
		expect(end?.json.historyComplete).toBe(false);
	});
});

describe('an answer from the handset', () => {
	const ANSWER = statusOf({ event: 'message.received', messageId: 'in1', status: null });

	it('is a delivery', async () => {
		const end = await begin().hear({ ...ANSWER, inReplyTo: 'm1', errorCode: '7' });
		expect(end?.json).toMatchObject({
			outcome: 'delivered',
			status: 'delivered',
			providerStatus: 'answered',
			isFinal: true,
			errorCode: null,
			updatedAt: 'occurred',
		});
	});

	it.each([null, 'm0'])('to %j is none', async (inReplyTo) => {
		expect(await begin().hear({ ...ANSWER, inReplyTo })).toBeUndefined();
	});

	it('is no other event that names the message', async () => {
		const { hear } = begin();
		expect(await hear({ ...SENT, inReplyTo: 'm1' })).toBeUndefined();
		expect(await hear({ ...ANSWER, event: 'media.ready', inReplyTo: 'm1' })).toBeUndefined();
	});

	it('that has the id of the message itself is none', async () => {
		expect(await begin().hear({ ...ANSWER, messageId: 'm1' })).toBeUndefined();
	});
});

describe('a message that goes on under another id', () => {
	const GOES_ON = statusOf({ ...TRIED_AGAIN, continuesAs: 'm2' });

	it('is known by both, and leaves with the latest', async () => {
		const { hear } = begin();
		expect(await hear(GOES_ON)).toBeUndefined();
		const end = await hear({ ...DELIVERED, messageId: 'm2' });
		expect(end?.json).toMatchObject({ outcome: 'delivered', messageId: 'm2' });
	});

	it('is looked up by the latest', async () => {
		const { hear, look, asked } = begin();
		await look();
		await hear(GOES_ON);
		await look();
		expect(asked.map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm2']);
		expect(asked[2]).toEqual({ ...MESSAGE, messageId: 'm2' });
	});
});

describe('a failure that may be tried again', () => {
	it('has the message looked up, which tells whether it was the last', async () => {
		const { hear, asked, answers } = begin();
		answers.push(messageWith({ status: 'failed', isFinal: true, providerStatus: 'Gone' }));
		const end = await hear(TRIED_AGAIN);
		expect(asked).toEqual([MESSAGE]);
		expect(end?.json).toMatchObject({ outcome: 'failed', providerStatus: 'Gone' });
	});

	it('ends nothing where it is tried again', async () => {
		const { hear, asked, answers } = begin();
		answers.push(messageWith({ status: 'sent', providerStatus: 'Sent' }));
		expect(await hear(TRIED_AGAIN)).toBeUndefined();
		expect(asked).toHaveLength(1);
	});

	it('is looked up among other statuses, which alone are not', async () => {
		const { hear, asked } = begin();
		await hear(SENT, TRIED_AGAIN);
		expect(asked).toHaveLength(1);
		await hear(SENT);
		await hear();
		expect(asked).toHaveLength(1);
	});
});

describe('a look-up', () => {
	const found = (known: Partial<SmsMessage>) => messageWith({ updatedAt: 'looked', ...known });

	it('that finds the end gives it with all that is known', async () => {
		const { look } = begin();
		const end = await look(
			found({
				status: 'undelivered',
				providerStatus: 'Off',
				errorCode: '7',
				errorMessage: 'Number is off',
			}),
		);
		expect(end).toEqual({
			json: {
				...MESSAGE,
				status: 'undelivered',
				isFinal: true,
				providerStatus: 'Off',
				errorCode: '7',
				errorMessage: 'Number is off',
				updatedAt: 'looked',
				outcome: 'failed',
				history: [
					{ ...QUEUED, at: ACCEPTED },
					{ status: 'undelivered', providerStatus: 'Off', at: 'looked' },
				],
				historyComplete: true,
			},
			output: 1,
		});
	});

	it('that finds nothing ends nothing, not even the last', async () => {
		const { look } = begin();
		expect(await look(undefined, true)).toBeUndefined();
	});

	it('that finds it under way notes that', async () => {
		const { look, name } = begin();
		expect(await look(found({ status: 'sent', providerStatus: 'Sent' }))).toBeUndefined();
		expect([...seenOf(name).steps.values()]).toEqual([
			{ status: 'sent', providerStatus: 'Sent', at: 'looked' },
		]);
	});

	it('that is the last ends the wait all the same', async () => {
		const { look } = begin();
		const end = await look(found({ status: 'sent', providerStatus: 'Sent' }), true);
		expect(end).toMatchObject({
			json: { outcome: 'noAnswer', status: 'sent', isFinal: false },
			output: 2,
		});
	});

	it('ends it by what the wait is for', async () => {
		const { look } = begin({ waitFor: 'sent' });
		const end = await look(found({ status: 'sent', providerStatus: 'Sent' }));
		expect(end?.json.outcome).toBe('delivered');
	});
});

it('what was seen before belongs to the history', async () => {
	const { name, hear } = begin();
	note(name, [{ status: 'unknown', providerStatus: 'Odd', at: null }]);
	const end = await hear(DELIVERED);
	expect((end?.json.history as IDataObject[]).map(({ status }) => status)).toEqual([
		'unknown',
		'queued',
		'delivered',
	]);
});
