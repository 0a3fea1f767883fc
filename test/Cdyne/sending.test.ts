import { dryRunOutputs } from '../../nodes/shared/sending/dryRun';
import type { IDataObject } from 'n8n-workflow';
import type { Api } from '../../nodes/Cdyne/api/connection';
import { sendMmsMessage } from '../../nodes/Cdyne/operations/message.sendMms';
import {
	draftsOf,
	fromOf,
	isJoined,
	planOf,
	recipientsOf,
	requireOneRecipient,
	sendItem,
} from '../../nodes/Cdyne/sending';
import { Failure } from '../../nodes/shared/errors/failure';
import { accepted } from '../../nodes/shared/model/outcome';
import type { ItemOperation } from '../../nodes/shared/provider/operation';
import { thrownBy } from '../engine/harness/canned';
import { itemWith } from '../engine/harness/contexts';
import { notedSends } from '../engine/harness/notedSends';
import { onTheWire } from '../onTheWire';
import { apiWith, ID, OTHER_ID, shown } from './cdyne';

/** The recipients of an item, its plan, and what is an error before anything is sent. */

const [ONE, TWO] = ['+17575550142', '+17575550143'];
const { cdyne: wire } = onTheWire;
const itemTo = (to: unknown, options: IDataObject = {}) =>
	itemWith({ to: to as string, message: 'Hi', options });

const { run: runMms } = sendMmsMessage as ItemOperation<Api>;

/** The plan of an item, and the requests that following it makes. */
async function planned(to: unknown, options: IDataObject = {}, ...responses: unknown[]) {
	const item = itemTo(to, options);
	const { sends, plans } = notedSends();
	const { api, requests } = apiWith(...responses);
	await sendItem(item, api, sends, { text: 'Hi', recipients: recipientsOf(item) });
	return { plan: plans[0], requests };
}

describe('recipients', () => {
	it.each<[string, unknown, IDataObject, unknown[]]>([
		['one', '+1 757 555 0142', {}, [ONE]],
		['several', `${ONE}, +39 333 111 2233`, {}, [ONE, '+393331112233']],
		['a list', [ONE, TWO], {}, [ONE, TWO]],
		['the same in several forms', `${ONE}, 757 555 0142; 17575550142`, {}, [ONE]],
		['of another country', '333 111 2233', { defaultCountry: 'IT' }, ['+393331112233']],
	])('are %s', (_, to, options, numbers) => {
		expect(recipientsOf(itemTo(to, options)).map(({ number }) => number)).toEqual(numbers);
	});

	it('keep an invalid number, once, next to valid ones', () => {
		const recipients = recipientsOf(itemTo(['12', ONE, '12', '13']));
		expect(recipients.map(({ input }) => input)).toEqual(['12', ONE, '13']);
		expect(recipients.map(({ number }) => number instanceof Failure)).toEqual([true, false, true]);
	});

	it.each([
		['', 'There is no recipient'],
		[' , ', 'There is no recipient'],
		['12', '"12" cannot be a phone number'],
		['12, 13', '"12" cannot be a phone number'],
	])('"%s" are an error', async (to, message) => {
		expect(await thrownBy(() => recipientsOf(itemTo(to)))).toMatchObject({
			message: expect.stringContaining(message),
			nothingAccepted: true,
		});
	});

	it('of an operation that takes one cannot be several', async () => {
		expect(requireOneRecipient(itemTo(`${ONE}, ${ONE}`))).toEqual([{ input: ONE, number: ONE }]);
		const several = () => requireOneRecipient(itemTo(`${ONE}, ${TWO}`));
		expect(await thrownBy(several)).toMatchObject({ kind: 'rejected', nothingAccepted: true });
	});
});

it.each<[IDataObject, boolean]>([
	[{}, true],
	[{ concatenate: false }, false],
	[{ concatenate: true }, true],
])('with the options %j, whether parts are joined: %s', (options, expected) => {
	expect(isJoined(itemTo(ONE, options))).toBe(expected);
});

it.each<[IDataObject, string | undefined]>([
	[{}, undefined],
	[{ from: '757 555 0100' }, '+17575550100'],
	[{ from: '333 111 2233', defaultCountry: 'IT' }, '+393331112233'],
	[{ from: '12345' }, '12345'],
])('with the options %j the sender is %s', (options, expected) => {
	expect(fromOf(itemTo(ONE, options))).toBe(expected);
});

describe('Skip If Reference Exists', () => {
	const SKIP = { skipIfReferenceExists: true };
	const MISSING = {
		kind: 'rejected',
		message: 'Skip If Reference Exists is on, but the message has no reference',
		nothingAccepted: true,
	};

	it.each<[string, IDataObject]>([
		['no reference', SKIP],
		['an empty reference', { ...SKIP, referenceId: '' }],
		['a reference that is null', { ...SKIP, referenceId: null }],
		['an empty reference in a dry run', { ...SKIP, referenceId: '', dryRun: true }],
	])('with %s is an error before a text or an MMS is sent', async (_, options) => {
		expect(await thrownBy(async () => await planned(ONE, options))).toMatchObject(MISSING);
		const { sends, plans } = notedSends();
		const run = async () => await runMms(itemTo(ONE, options), apiWith().api, sends);
		expect(await thrownBy(run)).toMatchObject(MISSING);
		expect(plans).toEqual([]);
	});
});

describe('the plan of an item', () => {
	it('has a generated reference for each recipient', async () => {
		const { plan } = await planned([ONE, TWO, '12']);
		expect(plan.isUserReference).toBe(false);
		expect(plan.intents).toEqual([
			{ recipient: ONE, reference: `ref of "${ONE}"` },
			{ recipient: TWO, reference: `ref of "${TWO}"` },
			{ recipient: '12', invalid: expect.any(Failure) },
		]);
	});

	it('has the reference of the user for all recipients', async () => {
		const { plan } = await planned([ONE, TWO], { referenceId: 'r' });
		expect(plan.isUserReference).toBe(true);
		expect(plan.intents).toEqual([
			{ recipient: ONE, reference: 'r' },
			{ recipient: TWO, reference: 'r' },
		]);
	});

	it('sends to the intents that are asked for', async () => {
		const response = [{ SMSError: 0, MessageID: OTHER_ID, ReferenceID: `ref of "${TWO}"` }];
		const options = { from: '12345', concatenate: false };
		const { plan, requests } = await planned([ONE, TWO], options, response);
		const outcomes = await plan.send([plan.intents[1]]);
		expect(shown(outcomes)).toEqual([[[OTHER_ID, TWO, `ref of "${TWO}"`]]]);
		const body = JSON.parse(String(requests[0].body)) as IDataObject;
		expect(body).toMatchObject({ IsUnicode: false, Concatenate: false });
		expect(body.SMSRequests).toEqual([
			{
				AssignedDID: '12345',
				Message: 'Hi',
				PhoneNumbers: [wire(TWO)],
				ReferenceID: `ref of "${TWO}"`,
			},
		]);
	});

	it('looks messages up by their reference', async () => {
		const texts = [{ SMSError: 0, MessageID: ID, ReferenceID: 'r' }];
		const mms = { MessageStatus: 200, MessageID: ID, To: wire(TWO) };
		const { plan, requests } = await planned([ONE, TWO], { referenceId: 'r' }, texts, mms);
		expect(await plan.find?.('r', true)).toMatchObject({
			messages: [{ recipient: TWO, message: { messageId: ID } }],
			isComplete: true,
		});
		expect(requests).toHaveLength(2);
	});

	it('of an MMS has one reference for all recipients', async () => {
		const item = itemTo([ONE, TWO]);
		const { sends, plans } = notedSends();
		const { api, requests } = apiWith([{ MessageStatus: 201, MessageID: ID, To: wire(ONE) }]);
		await runMms(item, api, sends);
		const [{ intents, isUserReference, send }] = plans;
		expect(isUserReference).toBe(false);
		expect(intents).toEqual([
			{ recipient: ONE, reference: `ref of "${ONE},${TWO}"` },
			{ recipient: TWO, reference: `ref of "${ONE},${TWO}"` },
		]);
		expect(shown(await send([intents[0]]))).toEqual([[[ID, ONE, `ref of "${ONE},${TWO}"`]]]);
		expect(JSON.parse(String(requests[0].body))).toMatchObject({
			To: [wire(ONE)],
			ReferenceID: `ref of "${ONE},${TWO}"`,
		});
	});

	it('has what the caller gives it', async () => {
		const send = async () => [accepted([])];
		const recipients = recipientsOf(itemTo(ONE));
		const plan = planOf(apiWith().api, { recipients, referenceOf: () => 'g', send });
		expect(plan).toMatchObject({ intents: [{ recipient: ONE, reference: 'g' }], send });
	});
});

describe('a dry run', () => {
	it('outputs a message for each recipient, and why one is none', async () => {
		const drafts = dryRunOutputs(
			draftsOf(recipientsOf(itemTo([ONE, '12'])), { text: 'Hi', joined: true }),
		);
		expect(drafts.map(({ json }) => json)).toMatchObject([
			{ to: ONE, status: 'unknown', providerStatus: 'dry run', dryRun: true, segments: 1 },
			{ to: '12', status: 'failed', providerStatus: 'not sent', dryRun: true },
		]);
		expect(drafts[1].json.errorMessage).toContain('"12" cannot be a phone number');
	});

	it.each<[string, IDataObject]>([
		['a sender with letters', { from: 'Shop' }],
		['a time that has passed', { scheduledAt: '2001-01-01T00:00:00Z' }],
	])('fails with %s, as the send does', async (_, options) => {
		const send = await thrownBy(async () => await planned(ONE, options));
		const dryRun = await thrownBy(async () => await planned(ONE, { ...options, dryRun: true }));
		expect(send).toMatchObject({ kind: 'rejected', nothingAccepted: true });
		expect(dryRun).toEqual(send);
	});

	it('sends nothing', async () => {
		const item = itemTo(ONE, { dryRun: true, referenceId: 'r' });
		const { sends, plans } = notedSends();
		const { api, requests } = apiWith();
		const recipients = recipientsOf(item);
		const [{ json }] = await sendItem(item, api, sends, { text: 'Hi', recipients });
		expect(json).toMatchObject({ to: ONE, referenceId: 'r', dryRun: true });
		expect([plans, requests]).toEqual([[], []]);
	});
});
