import type { IDataObject } from 'n8n-workflow';
import type { PostbackEvent } from '../../../nodes/shared/model/event';
import type { SmsMessage } from '../../../nodes/shared/model/message';
import type { SuspensionPlan, ResumeContext } from '../../../nodes/shared/provider/waitStrategy';
import { recordSteps, PROCESS_ID, historyOf } from '../../../nodes/shared/waiting/statusHistory';
import {
	waitForDelivery,
	waitForField,
	waitForOf,
} from '../../../nodes/shared/waiting/waitForDelivery';
import { itemWith, messageWith } from '../../engine/harness/contexts';

/** What ends a wait for a delivery, and the output then. */

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
const RETRIED = statusOf({ ...FAILED, isFinal: false });

let waits = 0;

/** Starts a wait. @returns functions for its events and look-ups, and the messages looked up */
function startWait(state: IDataObject = {}, fields: Partial<SmsMessage> = {}) {
	const waitId = `delivery ${++waits}`;
	const lookups: SmsMessage[] = [];
	const found: Array<SmsMessage | undefined> = [];
	const strategy = waitForDelivery(async (_, message) => {
		lookups.push(message);
		return found.shift();
	});
	const resumeContext = {
		waitId,
		state: {
			message: { ...MESSAGE, ...fields },
			waitFor: 'delivered',
			acceptedAt: ACCEPTED,
			process: PROCESS_ID,
			asTool: false,
			...state,
		},
	} as unknown as ResumeContext;
	const receive = async (...events: PostbackEvent[]) =>
		(await strategy.onEvents(resumeContext, events))?.[0];
	const lookUp = async (message?: SmsMessage, last = false) => {
		found.push(message);
		return (await strategy.onLookUp?.(resumeContext, last))?.[0];
	};
	return { waitId, receive, lookUp, lookups, found };
}

describe('the field Wait For', () => {
	it('has the hint of the provider if there is one', () => {
		expect(waitForField()).not.toHaveProperty('hint');
		expect(waitForField('Only')).toHaveProperty('hint', 'Only');
	});

	it('offers Delivered and Sent', () => {
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
	])('with the parameters %j is %s', (parameters, waitFor) => {
		expect(waitForOf(itemWith(parameters))).toBe(waitFor);
	});
});

describe('the suspension plan', () => {
	const plan = (
		fields: Partial<SmsMessage> = {},
		{ msToLimit = 1, parameters = {}, isTool = false } = {},
	) => {
		const item = itemWith(parameters, {
			evaluateExpression: () => 'http://n8n.example/webhook-waiting/7?signature=s',
			isToolExecution: () => isTool,
		});
		const sent = [{ json: { ...MESSAGE, ...fields } as unknown as IDataObject }];
		const strategy = waitForDelivery(async () => undefined);
		return strategy.planSuspension(item, sent, new Date(START + msToLimit));
	};
	const outputsWith = (
		fields: Partial<SmsMessage>,
		outcome: string,
		output: number,
		historyComplete: boolean,
	) => {
		const { status, providerStatus } = { ...QUEUED, ...fields };
		const history = [{ status, providerStatus, at: fields.sentAt ?? ACCEPTED }];
		const json = { ...MESSAGE, ...fields, outcome, history, historyComplete };
		return [{ json, output }];
	};

	it('stores what is needed to resume', () => {
		expect(plan()).toStrictEqual({
			state: {
				message: MESSAGE,
				waitFor: 'delivered',
				acceptedAt: ACCEPTED,
				process: PROCESS_ID,
				asTool: false,
			},
			until: new Date(START + 1),
			outputsAtLimit: outputsWith({}, 'timedOut', 2, false),
			outputsWhileWaiting: [{ json: MESSAGE, raw: undefined }],
			lookupUrl: 'http://n8n.example/webhook-waiting/7/node-1?signature=s',
			executionNames: { messageId: 'm1', referenceId: 'order-7' },
		});
	});

	it('uses the first output for an agent', () => {
		const { state, outputsAtLimit } = plan({}, { isTool: true }) as SuspensionPlan;
		expect(state.asTool).toBe(true);
		expect(outputsAtLimit).toEqual(outputsWith({}, 'timedOut', 0, false));
	});

	it.each<[Partial<SmsMessage>, IDataObject, string, number]>([
		[{ status: 'delivered', sentAt: '2030' }, {}, 'delivered', 0],
		[{ status: 'sent' }, { waitFor: 'sent' }, 'delivered', 0],
		[{ status: 'failed', isFinal: true }, {}, 'failed', 1],
	])(
		'is the output for a message with the outcome %j already',
		(fields, parameters, outcome, output) => {
			expect(plan(fields, { parameters })).toEqual(outputsWith(fields, outcome, output, true));
		},
	);

	it.each([0, -1])('is the output if the limit is in %i ms', (msToLimit) => {
		expect(plan({ status: 'sent' }, { msToLimit })).toEqual(
			outputsWith({ status: 'sent' }, 'timedOut', 2, true),
		);
	});
});

describe('a status', () => {
	it('ends the wait with the history of all received statuses', async () => {
		const { receive } = startWait();
		expect(await receive(SENT)).toBeUndefined();
		expect(await receive(DELIVERED)).toEqual({
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

	it('has the time at which it was received if the provider reports none', async () => {
		const { receive } = startWait();
		expect((await receive({ ...DELIVERED, occurredAt: null }))?.json.updatedAt).toBe('received');
	});

	it.each<[string, PostbackEvent, IDataObject, string | undefined, number | undefined]>([
		['delivered', DELIVERED, {}, 'delivered', 0],
		['sent, if the wait is for that', SENT, { waitFor: 'sent' }, 'delivered', 0],
		['sent, if the wait is not for that', SENT, {}, undefined, undefined],
		['failed', FAILED, {}, 'failed', 1],
		['failed, for an agent', FAILED, { asTool: true }, 'failed', 0],
		['failed, and may be retried', { ...FAILED, isFinal: null }, {}, undefined, undefined],
		['of another message', { ...DELIVERED, messageId: 'm0' }, {}, undefined, undefined],
		['of no message', { ...DELIVERED, messageId: null }, {}, undefined, undefined],
		['missing', { ...DELIVERED, status: null }, {}, undefined, undefined],
		['part of another event', { ...DELIVERED, event: 'media.ready' }, {}, undefined, undefined],
	])('that is %s', async (_, event, state, outcome, output) => {
		const ended = await startWait(state).receive(event);
		expect([ended?.json.outcome, ended?.output]).toEqual([outcome, output]);
	});

	it('that is missing is not in the history', async () => {
		const { receive } = startWait();
		await receive({ ...DELIVERED, status: null });
		const ended = await receive(DELIVERED);
		expect((ended?.json.history as IDataObject[]).map(({ status }) => status)).toEqual([
			'queued',
			'delivered',
		]);
	});

	it('without an id does not end the wait, even if the message has none either', async () => {
		const { receive } = startWait({}, { messageId: null });
		expect(await receive({ ...DELIVERED, messageId: null })).toBeUndefined();
	});

	it.each<[string, Partial<PostbackEvent>, string | null]>([
		['the provider status without an error code', { providerStatus: 'Blocked' }, 'Blocked'],
		['the provider status', { errorCode: '7', providerStatus: 'Blocked' }, 'Blocked'],
		['the status without a provider status', { providerStatus: null }, 'failed'],
		['that of the event', { errorCode: '7', errorMessage: 'Number is off' }, 'Number is off'],
		['that of an event without a code', { errorMessage: 'Number is off' }, 'Number is off'],
	])('has as its error message %s', async (_, fields, errorMessage) => {
		const ended = await startWait().receive({ ...FAILED, ...fields });
		expect(ended?.json).toMatchObject({ errorMessage, errorCode: fields.errorCode ?? null });
	});

	it('without a provider status gets an empty one', async () => {
		const ended = await startWait().receive({ ...DELIVERED, providerStatus: null });
		expect(ended?.json.providerStatus).toBe('');
	});

	it('is ignored after one in the same postback that ends the wait', async () => {
		const ended = await startWait().receive(SENT, DELIVERED, FAILED);
		expect(ended?.json.outcome).toBe('delivered');
	});

	it.each<[string, Partial<SmsMessage>, PostbackEvent[], string | null]>([
		['that of the message', { sentAt: 'from the message' }, [SENT], 'from the message'],
		['that of the status sent', {}, [SENT], 'occurred'],
		['unknown', {}, [], null],
	])('ends the wait with a time of sending that is %s', async (_, fields, earlier, sentAt) => {
		const { receive } = startWait({}, fields);
		for (const event of earlier) await receive(event);
		const ended = await receive(DELIVERED);
		expect(ended?.json.sentAt).toBe(sentAt);
		expect((ended?.json.history as IDataObject[])[0].at).toBe(fields.sentAt ?? ACCEPTED);
	});

	it('leaves the history incomplete if the wait began in another process', async () => {
		const ended = await startWait({ process: 'another' }).receive(DELIVERED);
		expect(ended?.json.historyComplete).toBe(false);
	});
});

describe('a reply', () => {
	const REPLY = statusOf({ event: 'message.received', messageId: 'in1', status: null });

	it('counts as a delivery', async () => {
		const ended = await startWait().receive({ ...REPLY, inReplyTo: 'm1', errorCode: '7' });
		expect(ended?.json).toMatchObject({
			outcome: 'delivered',
			status: 'delivered',
			providerStatus: 'answered',
			isFinal: true,
			errorCode: null,
			updatedAt: 'occurred',
		});
	});

	it.each([null, 'm0'])('to %j is ignored', async (inReplyTo) => {
		expect(await startWait().receive({ ...REPLY, inReplyTo })).toBeUndefined();
	});

	it('is the only event for which inReplyTo counts', async () => {
		const { receive } = startWait();
		expect(await receive({ ...SENT, inReplyTo: 'm1' })).toBeUndefined();
		expect(await receive({ ...REPLY, event: 'media.ready', inReplyTo: 'm1' })).toBeUndefined();
	});

	it('with the id of the message itself is ignored', async () => {
		expect(await startWait().receive({ ...REPLY, messageId: 'm1' })).toBeUndefined();
	});
});

describe('a message that is sent again under another id', () => {
	const CONTINUATION = statusOf({ ...RETRIED, continuesAs: 'm2' });

	it('is recognized by both ids and output with the latest', async () => {
		const { receive } = startWait();
		expect(await receive(CONTINUATION)).toBeUndefined();
		const ended = await receive({ ...DELIVERED, messageId: 'm2' });
		expect(ended?.json).toMatchObject({ outcome: 'delivered', messageId: 'm2' });
	});

	it('is looked up by the latest id', async () => {
		const { receive, lookUp, lookups } = startWait();
		await lookUp();
		await receive(CONTINUATION);
		await lookUp();
		expect(lookups.map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm2']);
		expect(lookups[2]).toEqual({ ...MESSAGE, messageId: 'm2' });
	});
});

describe('a failure that may be retried', () => {
	it('causes a look-up, which ends the wait if it was the last one', async () => {
		const { receive, lookups, found } = startWait();
		found.push(messageWith({ status: 'failed', isFinal: true, providerStatus: 'Gone' }));
		const ended = await receive(RETRIED);
		expect(lookups).toEqual([MESSAGE]);
		expect(ended?.json).toMatchObject({ outcome: 'failed', providerStatus: 'Gone' });
	});

	it('does not end the wait if it is retried', async () => {
		const { receive, lookups, found } = startWait();
		found.push(messageWith({ status: 'sent', providerStatus: 'Sent' }));
		expect(await receive(RETRIED)).toBeUndefined();
		expect(lookups).toHaveLength(1);
	});

	it('causes a look-up among other statuses, which cause none alone', async () => {
		const { receive, lookups } = startWait();
		await receive(SENT, RETRIED);
		expect(lookups).toHaveLength(1);
		await receive(SENT);
		await receive();
		expect(lookups).toHaveLength(1);
	});
});

describe('a look-up', () => {
	const messageFound = (fields: Partial<SmsMessage>) =>
		messageWith({ updatedAt: 'looked up', ...fields });

	it('ends the wait with the history if the status is final', async () => {
		const { lookUp } = startWait();
		const ended = await lookUp(
			messageFound({
				status: 'undelivered',
				providerStatus: 'Off',
				errorCode: '7',
				errorMessage: 'Number is off',
			}),
		);
		expect(ended).toEqual({
			json: {
				...MESSAGE,
				status: 'undelivered',
				isFinal: true,
				providerStatus: 'Off',
				errorCode: '7',
				errorMessage: 'Number is off',
				updatedAt: 'looked up',
				outcome: 'failed',
				history: [
					{ ...QUEUED, at: ACCEPTED },
					{ status: 'undelivered', providerStatus: 'Off', at: 'looked up' },
				],
				historyComplete: true,
			},
			output: 1,
		});
	});

	it('does not end the wait if it finds nothing, even if it is the last one', async () => {
		const { lookUp } = startWait();
		expect(await lookUp(undefined, true)).toBeUndefined();
	});

	it('records a status that is not final', async () => {
		const { lookUp, waitId } = startWait();
		expect(await lookUp(messageFound({ status: 'sent', providerStatus: 'Sent' }))).toBeUndefined();
		expect([...historyOf(waitId).steps.values()]).toEqual([
			{ status: 'sent', providerStatus: 'Sent', at: 'looked up' },
		]);
	});

	it('ends the wait if it is the last one', async () => {
		const { lookUp } = startWait();
		const ended = await lookUp(messageFound({ status: 'sent', providerStatus: 'Sent' }), true);
		expect(ended).toMatchObject({
			json: { outcome: 'timedOut', status: 'sent', isFinal: false },
			output: 2,
		});
	});

	it('ends the wait according to Wait For', async () => {
		const { lookUp } = startWait({ waitFor: 'sent' });
		const ended = await lookUp(messageFound({ status: 'sent', providerStatus: 'Sent' }));
		expect(ended?.json.outcome).toBe('delivered');
	});
});

it('statuses recorded before are in the history', async () => {
	const { waitId, receive } = startWait();
	recordSteps(waitId, [{ status: 'unknown', providerStatus: 'Odd', at: null }]);
	const ended = await receive(DELIVERED);
	expect((ended?.json.history as IDataObject[]).map(({ status }) => status)).toEqual([
		'unknown',
		'queued',
		'delivered',
	]);
});
