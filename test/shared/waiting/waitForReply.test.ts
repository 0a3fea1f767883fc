import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import type { PostbackEvent } from '../../../nodes/shared/model/event';
import type { SmsMessage, SmsStatus } from '../../../nodes/shared/model/message';
import { accepted } from '../../../nodes/shared/model/outcome';
import type { Output } from '../../../nodes/shared/model/output';
import type { SuspensionPlan, ResumeContext } from '../../../nodes/shared/provider/waitStrategy';
import { HOST_ROUTES_OUTPUTS } from '../../../nodes/shared/host/capabilities';
import { waitForReply } from '../../../nodes/shared/waiting/waitForReply';
import type { HelpText, ReplySource } from '../../../nodes/shared/waiting/waitForReply';
import { itemWith, messageWith } from '../../engine/harness/contexts';

/** What ends a wait for a reply, and the output then. */

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
		systemWord: null,
		occurredAt: null,
		receivedAt: 'received',
		raw: {},
		...fields,
	}) as PostbackEvent;
const replyWith = (text: string | null, fields: Partial<PostbackEvent> = {}) =>
	eventOf({ text, ...fields });

const resumeContextWith = (state: IDataObject = {}, message: Partial<SmsMessage> = {}) =>
	({
		waitId: 'w',
		state: {
			message: { ...MESSAGE, ...message },
			words: [],
			approval: false,
			helpText: 'Please reply.',
			...state,
		},
	}) as unknown as ResumeContext;

const APPROVAL = { words: ['YES', 'NO'], approval: true };
const CHOICES = { words: ['YES', 'NO'], approval: false };

/** A wait without look-ups. */
const waitWith = (sendHelp: ReplySource['sendHelp']) =>
	waitForReply({ sendHelp, findReplies: async () => [] });

/** Receives events. @returns the output, if there is one, and the help texts that were sent */
async function receive(
	events: PostbackEvent[],
	state: IDataObject = {},
	message: Partial<SmsMessage> = {},
) {
	const helps: HelpText[] = [];
	const strategy = waitWith(async (_, help) => {
		helps.push(help);
		return accepted([]);
	});
	const outputs = await strategy.onEvents(resumeContextWith(state, message), events);
	return { json: outputs?.[0].json, count: outputs?.length, helps };
}

describe('a reply', () => {
	it('ends the wait and is output', async () => {
		const { json, count, helps } = await receive([
			replyWith('Hello', { messageId: 'in1', occurredAt: 'occurred', from: '+1 757 555 0142' }),
		]);
		expect(count).toBe(1);
		expect(json).toEqual({
			provider: 'p',
			outcome: 'answered',
			approved: null,
			choice: null,
			reason: null,
			text: 'Hello',
			from: TO,
			to: FROM,
			messageId: 'in1',
			inReplyTo: 'm1',
			referenceId: 'order-7',
			occurredAt: 'occurred',
			unmatchedReplies: [],
		});
		expect(helps).toEqual([]);
	});

	it('without a time has the time at which it was received', async () => {
		const { json } = await receive([replyWith('Hello')]);
		expect(json).toMatchObject({ occurredAt: 'received', messageId: null });
	});

	it('without numbers gets those of the message', async () => {
		const { json } = await receive(
			[replyWith('Hello', { from: null, to: null })],
			{},
			{ to: null },
		);
		expect(json).toMatchObject({ from: null, to: FROM });
	});

	it.each<[string, IDataObject, string, string, boolean | null, string | null]>([
		['approves', APPROVAL, 'yes.', 'answered', true, 'YES'],
		['declines', APPROVAL, 'No', 'declined', false, 'NO'],
		['chooses the first', CHOICES, 'yes', 'answered', null, 'YES'],
		['chooses the second', CHOICES, 'no', 'answered', null, 'NO'],
	])('%s', async (_, state, text, outcome, approved, choice) => {
		const { json, helps } = await receive([replyWith(text)], state);
		expect(json).toMatchObject({ outcome, approved, choice, reason: null, text });
		expect(helps).toEqual([]);
	});

	it.each([null, '', '  \n'])('without text, %j, does not end the wait', async (text) => {
		expect(await receive([replyWith(text)])).toMatchObject({ json: undefined, helps: [] });
		expect(await receive([replyWith(text)], APPROVAL)).toMatchObject({
			json: undefined,
			helps: [],
		});
	});

	it('that matches none of the words causes a help text', async () => {
		const { json, helps } = await receive([replyWith('maybe')], APPROVAL);
		expect(json).toBeUndefined();
		expect(helps).toEqual([{ to: TO, from: FROM, text: 'Please reply.', reference: 'help-m1' }]);
	});

	it.each([null, ''])(
		'from %j that matches none of the words causes no help text',
		async (from) => {
			const { json, helps } = await receive([replyWith('maybe', { from })], APPROVAL, { to: null });
			expect({ json, helps }).toEqual({ json: undefined, helps: [] });
		},
	);

	it('is no other event with a text', async () => {
		const { json, helps } = await receive([replyWith('START', { event: 'contact.optedIn' })]);
		expect({ json, helps }).toEqual({ json: undefined, helps: [] });
	});

	it('ends the wait as the first of several', async () => {
		const { json } = await receive([replyWith('one'), replyWith('two')]);
		expect(json).toMatchObject({ text: 'one' });
	});
});

describe('a reply to this message', () => {
	it.each<[string, boolean, Partial<PostbackEvent>]>([
		['one without inReplyTo', true, {}],
		['one in reply to it', true, { inReplyTo: 'm1' }],
		['one in reply to it, in other letters', true, { inReplyTo: 'M1' }],
		[
			'one in reply to its help text, in other letters',
			true,
			{ inReplyTo: 'x', referenceId: 'HELP-M1' },
		],
		['one in reply to another message', false, { inReplyTo: 'm0' }],
		['one in reply to its help text', true, { inReplyTo: 'm2', referenceId: 'help-m1' }],
		['one in reply to another help text', false, { inReplyTo: 'm2', referenceId: 'help-m0' }],
		['one from another number', false, { from: '+17575550143' }],
		['one from another number in reply to it', false, { from: '+17575550143', inReplyTo: 'm1' }],
		['one without a number', false, { from: null }],
	])('is %s: %s', async (_, isReply, fields) => {
		expect((await receive([replyWith('Hello', fields)])).json !== undefined).toBe(isReply);
	});

	it('can come from any number if the recipient of the message is unknown', async () => {
		const { json } = await receive([replyWith('Hello', { from: '1' })], {}, { to: null });
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
	])('can come from %j if the message was sent to %j: %s', async (from, to, same) => {
		const { json } = await receive([replyWith('Hello', { from })], {}, { to });
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
	])('%s ends the wait: %s', async (status, ends) => {
		const { json } = await receive([statusOf({ status, providerStatus: 'Word' })]);
		expect(json?.outcome).toBe(ends ? 'failed' : undefined);
	});

	it.each<[string, Partial<PostbackEvent>]>([
		['is retried', { isFinal: false }],
		['may be retried', { isFinal: null }],
		['concerns another message', { messageId: 'm0' }],
		['concerns no message', { messageId: null }],
		['is part of another event', { event: 'media.failed' }],
	])('failed that %s does not end the wait', async (_, fields) => {
		expect((await receive([statusOf({ status: 'failed', ...fields })])).json).toBeUndefined();
	});

	it('that is missing does not end the wait', async () => {
		expect((await receive([statusOf({ status: null })])).json).toBeUndefined();
	});

	it.each<[string | null, IDataObject, string, boolean | null]>([
		['Blocked', {}, 'The message was not delivered: Blocked', null],
		[null, CHOICES, 'The message was not delivered: failed', null],
		['Blocked', APPROVAL, 'The message was not delivered: Blocked', false],
	])(
		'failed with the provider status %j is output with a reason, for %j',
		async (providerStatus, state, reason, approved) => {
			const { json } = await receive([statusOf({ status: 'failed', providerStatus })], state);
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
				unmatchedReplies: [],
			});
		},
	);

	it('has precedence over a reply, and an opt-out over both', async () => {
		const failed = statusOf({ status: 'failed' });
		const optOut = eventOf({ event: 'contact.optedOut', text: 'STOP' });
		const both = await receive([replyWith('Hi'), failed]);
		expect(both.json).toMatchObject({ outcome: 'failed' });
		const all = await receive([replyWith('Hi'), failed, optOut]);
		expect(all.json).toMatchObject({ outcome: 'declined' });
	});
});

it.each([{}, APPROVAL, CHOICES])(
	'an opt-out declines with the expected replies %j',
	async (state) => {
		const { json } = await receive([eventOf({ event: 'contact.optedOut', text: 'STOP' })], state);
		expect(json).toMatchObject({
			outcome: 'declined',
			approved: false,
			choice: null,
			reason: 'The recipient opted out',
			text: 'STOP',
			from: TO,
		});
	},
);

it('an opt-out of another number does not end the wait', async () => {
	const { json } = await receive([eventOf({ event: 'contact.optedOut', from: '+17575550143' })]);
	expect(json).toBeUndefined();
});

describe('the help text', () => {
	type End = 'accepted' | 'unknown' | 'refused' | 'failed look-up';

	/** Receives a reply that matches no word. @returns how often the help text is sent in all */
	const sendsAfter = async (end: End): Promise<number> => {
		let sends = 0;
		const failure = new Failure({ kind: 'rejected', message: 'The end' });
		const strategy = waitWith(async () => {
			sends += 1;
			if (end === 'failed look-up') throw failure;
			return end === 'accepted' ? accepted([]) : { kind: end, failure };
		});
		const receiveReply = async () =>
			await strategy.onEvents(resumeContextWith(APPROVAL), [replyWith('maybe')]);
		const results = await Promise.allSettled([receiveReply(), receiveReply()]);
		const ofFirst = end === 'accepted' ? 'fulfilled' : 'rejected';
		expect(results.map(({ status }) => status)).toEqual([ofFirst, 'fulfilled']);
		expect(sends).toBe(1);
		await receiveReply().catch(() => undefined);
		return sends;
	};

	it.each<[End, number]>([
		['accepted', 1],
		['unknown', 1],
		['refused', 2],
		['failed look-up', 2],
	])('is sent once for replies at the same time, and after "%s" %i times', async (end, sends) => {
		expect(await sendsAfter(end)).toBe(sends);
	});

	it('is sent for each message', async () => {
		const helps: string[] = [];
		const strategy = waitWith(async (_, { reference }) => {
			helps.push(reference);
			return accepted([]);
		});
		for (const messageId of ['m1', 'm2', 'm1']) {
			await strategy.onEvents(resumeContextWith(APPROVAL, { messageId }), [replyWith('maybe')]);
		}
		expect(helps).toEqual(['help-m1', 'help-m2']);
	});
});

/** CDYNE sends a message again through another number after the first failed. */
describe('a message that goes on under another ID', () => {
	const failed = (fields: Partial<PostbackEvent>) =>
		eventOf({ event: 'message.status', status: 'undelivered', isFinal: true, ...fields });
	const goesOn = failed({ messageId: 'm1', isFinal: false, continuesAs: 'm1-again' });

	it.each<[string, PostbackEvent, string | undefined]>([
		['a reply to that', replyWith('Hello', { inReplyTo: 'm1-again' }), 'answered'],
		['its failure', failed({ messageId: 'm1-again' }), 'failed'],
		['a reply to another', replyWith('Hello', { inReplyTo: 'm2-again' }), undefined],
	])('ends the wait by %s', async (_, event, outcome) => {
		const waitId = `continued by ${event.eventId}${event.inReplyTo}${event.messageId}`;
		const strategy = waitWith(async () => accepted([]));
		const resumeContext = { ...resumeContextWith(), waitId };
		expect(await strategy.onEvents(resumeContext, [goesOn])).toBeUndefined();
		const outputs = await strategy.onEvents(resumeContext, [event]);
		expect(outputs?.[0].json.outcome).toBe(outcome);
	});
});

describe('the suspension plan', () => {
	const START = 1_900_000_000_000;
	beforeEach(() => void jest.useFakeTimers({ now: START }));
	afterEach(() => void jest.useRealTimers());

	const plan = (parameters: IDataObject = {}, msToLimit = 1) => {
		const sent = [{ json: MESSAGE as unknown as IDataObject }];
		return waitWith(async () => accepted([])).planSuspension(
			itemWith(parameters, { getSignedResumeUrl: () => RESUME_URL }),
			sent,
			new Date(START + msToLimit),
		);
	};
	const RESUME_URL = 'https://n8n.example.com/webhook-waiting/7/n?signature=s';
	const TIMED_OUT = {
		provider: 'p',
		outcome: 'timedOut',
		approved: null,
		choice: null,
		reason: 'No reply was received in time',
		text: null,
		from: TO,
		to: FROM,
		messageId: null,
		inReplyTo: 'm1',
		referenceId: 'order-7',
		occurredAt: null,
		unmatchedReplies: [],
	};
	const output = HOST_ROUTES_OUTPUTS ? 2 : 0;

	it('stores what is needed to resume', () => {
		expect(plan()).toStrictEqual({
			state: {
				message: MESSAGE,
				words: [],
				approval: false,
				helpText: '',
				otherReplies: 'help',
				code: undefined,
				asTool: false,
				askedAt: new Date(START).toISOString(),
			},
			until: new Date(START + 1),
			outputsAtLimit: [{ json: TIMED_OUT, output }],
			outputsWhileWaiting: [{ json: MESSAGE, raw: undefined }],
			executionNames: { messageId: 'm1', referenceId: 'order-7' },
			lookupUrl: RESUME_URL,
			looksUpOften: false,
			question: { to: TO, code: undefined },
		});
	});

	it('of an approval is not approved at the limit', () => {
		const { state, outputsAtLimit } = plan({ responseType: 'approval' }) as SuspensionPlan;
		expect(state).toMatchObject({ ...APPROVAL, helpText: 'Please reply YES or NO.' });
		expect(outputsAtLimit).toEqual([{ json: { ...TIMED_OUT, approved: false }, output }]);
	});

	it('stores the help text of the user', () => {
		const parameters = { responseType: 'choices', choices: 'A,B', options: { helpText: 'A? B?' } };
		expect((plan(parameters) as SuspensionPlan).state).toMatchObject({
			words: ['A', 'B'],
			approval: false,
			helpText: 'A? B?',
		});
	});

	it.each([0, -1])('is the output if the limit is in %i ms', (msToLimit) => {
		expect(plan({}, msToLimit)).toEqual([{ json: TIMED_OUT, output }] satisfies Output[]);
	});
});

describe('a reply that matches none of the words', () => {
	it('ends the wait with Other Replies: Output the Reply', async () => {
		const state = { ...APPROVAL, otherReplies: 'output' };
		const { json, helps } = await receive([replyWith('Can I come later?')], state);
		expect(json).toMatchObject({
			outcome: 'other',
			approved: false,
			choice: null,
			text: 'Can I come later?',
		});
		expect(helps).toEqual([]);
	});

	it.each<[string, object]>([
		['without a help text', { helpText: '' }],
		['that is a system word', { text: 'HELP', systemWord: 'help' }],
	])('%s causes none', async (_, changes) => {
		const { helpText = 'Please reply.', ...fields } = changes as IDataObject;
		const { json, helps } = await receive([replyWith('Hm?', fields)], { ...CHOICES, helpText });
		expect(json).toBeUndefined();
		expect(helps).toEqual([]);
	});

	it('is in the output of the reply that ends the wait, once', async () => {
		const strategy = waitWith(async () => accepted([]));
		const context = resumeContextWith(APPROVAL);
		const question = replyWith('Which one?', { messageId: 'in1', occurredAt: 'then' });
		expect(await strategy.onEvents(context, [question])).toBeUndefined();
		expect(await strategy.onEvents(context, [question])).toBeUndefined();
		const [{ json }] = (await strategy.onEvents(context, [replyWith('yes')])) ?? [];
		expect(json).toMatchObject({
			outcome: 'answered',
			unmatchedReplies: [{ text: 'Which one?', receivedAt: 'then' }],
		});
	});

	it('is in the output at the limit', async () => {
		const found = { messageId: 'in1', from: TO, text: 'Later', occurredAt: 'then', raw: {} };
		const strategy = waitForReply({
			sendHelp: async () => accepted([]),
			findReplies: async () => [{ ...found, event: 'message.received', key: [] }],
		});
		const context = resumeContextWith(APPROVAL);
		expect(await strategy.onLookUp?.(context, false)).toBeUndefined();
		const [{ json }] = (await strategy.onLookUp?.(context, true)) ?? [];
		expect(json).toMatchObject({
			outcome: 'timedOut',
			approved: false,
			unmatchedReplies: [{ text: 'Later', receivedAt: 'then' }],
		});
	});
});

describe('a look-up of replies', () => {
	const lookUp = async (text: string, state: IDataObject = APPROVAL, last = false) => {
		const found = { messageId: 'in1', from: TO, text, raw: {}, inReplyTo: 'another' };
		const strategy = waitForReply({
			sendHelp: async () => accepted([]),
			findReplies: async () => [{ ...found, event: 'message.received', key: [] }],
		});
		const outputs = await strategy.onLookUp?.(resumeContextWith(state), last);
		return outputs?.[0].json;
	};

	it('finds the reply with the code of this question among those to another message', async () => {
		const state = { ...APPROVAL, code: '372' };
		expect(await lookUp('yes 372', state)).toMatchObject({ outcome: 'answered', choice: 'YES' });
		expect(await lookUp('yes 373', state)).toBeUndefined();
		expect(await lookUp('yes')).toBeUndefined();
	});

	it('that fails ends nothing', async () => {
		const strategy = waitForReply({
			sendHelp: async () => accepted([]),
			findReplies: async () => {
				throw new Failure({ kind: 'unavailable', message: 'no' });
			},
		});
		expect(await strategy.onLookUp?.(resumeContextWith(APPROVAL), true)).toBeUndefined();
	});
});

describe('with a code', () => {
	it.each<[string, string, IDataObject, object | undefined]>([
		['followed by it', 'YES 372', APPROVAL, { outcome: 'answered', choice: 'YES' }],
		['with it in front', '372, no.', APPROVAL, { outcome: 'declined', choice: 'NO' }],
		['in full-width digits', 'Yes ３７２', APPROVAL, { outcome: 'answered', choice: 'YES' }],
		['as a part of another number', 'YES 1372', APPROVAL, undefined],
		['of another question', 'YES 372', { ...APPROVAL, code: '273' }, undefined],
		['that is missing', 'YES', APPROVAL, undefined],
		['in a free text', 'At nine, 372', {}, { outcome: 'answered', text: 'At nine, 372' }],
		['that is missing in a free text', 'At nine', {}, undefined],
	])('a reply %s', async (_, text, state, expected) => {
		const { json, helps } = await receive([replyWith(text)], { code: '372', ...state });
		const isForAnother = /\b\d{3}\b/.test(text);
		if (expected) expect(json).toMatchObject(expected);
		else expect([json, helps.length]).toEqual([undefined, isForAnother ? 0 : 1]);
	});
});

describe('the number in the output', () => {
	it.each([
		['with the digit that networks add in Mexico', '+525512345678', '+5215512345678'],
		['with the digit that networks add in Argentina', '+541123456789', '+5491123456789'],
		['from a wait that began with the form of CDYNE', '011447911123456', '+447911123456'],
	])('is that of the message: %s', async (_, to, from) => {
		const { json } = await receive([replyWith('Hello', { from })], {}, { to });
		expect(json?.from).toBe(to.replace(/^011/, '+'));
	});
});
