import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { onTheWire } from '../../onTheWire';
import type { RunOptions } from '../harness/engine';
import { runProvider } from '../tables/operations';

/** Texts of different items in one request to CDYNE. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		to: `+1757555${1000 + index}`,
		text: `Hello ${index}`,
	}));
const continueOnError = { onError: 'continueRegularOutput' as const };
const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const send = async (
	items: IDataObject[],
	options: IDataObject = {},
	settings: RunOptions['settings'] = continueOnError,
) =>
	await runProvider(
		'cdyne',
		sandbox,
		{
			resource: 'message',
			operation: 'send',
			to: '={{ $json.to }}',
			message: '={{ $json.text }}',
			options: { textsPerRequest: 100, ...options },
		} as never,
		{ items, settings },
	);
const sent = () => sandbox.messages.list({ direction: 'out' });
const requests = () => sandbox.requests.list({ operation: 'AdvancedSMSsend' }).length;
const idOf = (to: unknown) => sent().find((message) => `+${message.handset}` === to)?.id;

it('a thousand items are sent in ten requests, each with its result, in order', async () => {
	const items = people(1_000);
	const { items: outputs } = await send(items);
	expect(requests()).toBe(10);
	expect(sent()).toHaveLength(1_000);
	expect(outputs.map(({ json }) => json.to)).toEqual(items.map(({ to }) => to));
	expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	const ids = new Map(sent().map(({ handset, id, text }) => [`+${handset}`, [id, text]]));
	for (const [index, { json }] of outputs.entries()) {
		expect([json.messageId, `Hello ${index}`]).toEqual(ids.get(String(json.to)));
	}
});

it('a rejected text fails only its item', async () => {
	const items = people(50);
	items[7].to = '+17575550164';
	const { json } = await send(items);
	expect(json[7]).toMatchObject({ error: expect.stringContaining('STOPfromPhoneNumber') });
	expect(json[7].details).toMatchObject({ kind: 'optedOut', nothingSent: true });
	expect(json.filter(({ error }) => error)).toHaveLength(1);
	expect(sent()).toHaveLength(49);
});

it('a call that is rejected as a whole is split until the invalid text is alone', async () => {
	const items = people(64);
	const { to } = items[13];
	sandbox.faults.add({
		kind: 'status',
		status: 400,
		operation: 'AdvancedSMSsend',
		number: onTheWire.cdyne(to),
		times: 'always',
	});
	const { json } = await send(items);
	expect(json[13].details).toMatchObject({ kind: 'rejected', nothingSent: true });
	expect(sent()).toHaveLength(63);
	expect(json.filter(({ error }) => error)).toHaveLength(1);
});

it.each(['after', 'before'] as const)(
	'a response that is lost %s the send is looked up by every reference, and nobody gets two texts',
	async (when) => {
		const items = people(30);
		sandbox.faults.add({ kind: 'reset', when, operation: 'AdvancedSMSsend' });
		const { json } = await send(
			items,
			{ textsPerRequest: 10 },
			{ ...continueOnError, ...threeTries },
		);
		const texted = sent().map(({ to }) => to);
		expect(new Set(texted).size).toBe(texted.length);
		expect(texted).toHaveLength(when === 'after' ? 30 : 20);
		const succeeded = json.filter(({ error }) => !error);
		expect(succeeded).toHaveLength(texted.length);
		succeeded.forEach(({ to, messageId }) => expect(messageId).toBe(idOf(to)));
		json
			.filter(({ error }) => error)
			.forEach(({ details }) => expect(details).toMatchObject({ kind: 'ambiguous' }));
	},
);

it('Retry On Fail sends only what was not sent before', async () => {
	const items = people(30);
	items[5].to = '+17575550164';
	const { error } = await send(items, { textsPerRequest: 10 }, threeTries);
	expect(error?.message).toMatch(/STOPfromPhoneNumber.*29 other items succeeded \[Item 5\]$/);
	expect(sent()).toHaveLength(29);
});

it('long and Unicode texts are sent in the encoding they need', async () => {
	const items = people(4);
	items[1].text = 'Привет';
	items[3].text = 'x'.repeat(200);
	const { json } = await send(items);
	expect(json.map(({ segments, encoding }) => [segments, encoding])).toEqual([
		[1, 'GSM-7'],
		[1, 'UCS-2'],
		[1, 'GSM-7'],
		[2, 'GSM-7'],
	]);
	expect(sent().map(({ text }) => text)).toEqual(expect.arrayContaining(items.map((i) => i.text)));
});

it('with the same reference for all texts the results are matched to the numbers', async () => {
	const items = people(20);
	const { json } = await send(items, { referenceId: 'campaign' });
	expect(requests()).toBe(1);
	json.forEach(({ to, messageId }) => expect(messageId).toBe(idOf(to)));
});

it.each([0, 1.5, 101, 'many', -3])('%s texts per request are rejected', async (textsPerRequest) => {
	const { json } = await send(people(2), { textsPerRequest });
	expect(json).toHaveLength(2);
	expect(json[0].error).toMatch(/^Texts per Request is /i);
	expect(requests()).toBe(0);
});
