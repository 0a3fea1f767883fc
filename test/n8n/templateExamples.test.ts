import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import { call, execute, followExample, publishExamples, rowsOf } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const ANNA = '17575550142';
const BEN = '17575550143';
const TO = '+1 757 555 0142';
const EXAMPLES = [
	'send-a-one-time-code',
	'sign-in-with-a-second-factor-by-sms',
	'remind-of-appointments',
	'remind-of-payments',
	'congratulate-on-birthdays',
	'tell-where-a-delivery-is',
	'ask-how-it-was',
	'tell-everybody-about-an-incident',
	'book-an-appointment-by-sms',
	'take-whoever-opted-out-off-the-list',
	'inbox',
];

describe('The example workflows for common kinds of texts', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 600, carrier: 50, delivered: 50 } });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, EXAMPLES);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.messages.clear());

	const follow = async (name: string) => await followExample(n8n, name);
	const click = async (live: Live) => {
		const run = await execute(n8n, live);
		expect(run.error).toBeUndefined();
		return run;
	};
	const texts = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset }).map(({ text }) => text);
	/** Every sent text, after its number. */
	const all = () =>
		sandbox.messages.list({ direction: 'out' }).map(({ handset, text }) => `${handset}: ${text}`);
	const reply = async (text: string, from = ANNA, provider = 'cdyne') =>
		await sandbox.simulators.get(provider)!.reply!({ from, text });
	/** Replies once the question is delivered and the execution waits. */
	const replyTo = async (live: Live, question: string, text: string) => {
		await until(async () => {
			const [last] = sandbox.messages.list({ direction: 'out', handset: ANNA }).slice(-1);
			const isDelivered = last?.text.includes(question) && last.status === 'delivered';
			return isDelivered && (await live.count('waiting')) > 0;
		});
		await reply(text);
	};

	describe('codes', () => {
		const codeOf = () => /^\d{6}/.exec(texts(ANNA).at(-1) ?? '')?.[0];
		const wrong = () => (codeOf() === '000000' ? '000001' : '000000');
		const check = async (path: string, code = codeOf()) =>
			(await call(n8n, path, { to: TO, code })).status;

		it('a one-time code is valid once', async () => {
			const response = await call(n8n, 'one-time-code', { to: TO });
			expect([response.status, await response.json()]).toEqual([200, { sent: true }]);
			expect(await check('check-one-time-code', wrong())).toBe(403);
			expect(await check('check-one-time-code')).toBe(200);
			expect(await check('check-one-time-code')).toBe(403);
		});

		it('a click sends a code, which replaces the earlier one', async () => {
			const live = await follow('send-a-one-time-code');
			await click(live);
			const first = codeOf();
			await click(live);
			expect(await check('check-one-time-code', first)).toBe(403);
			expect(await check('check-one-time-code')).toBe(200);
		});

		it('an impossible number gets the reason', async () => {
			const response = await call(n8n, 'one-time-code', { to: '12' });
			expect(response.status).toBe(422);
			expect(await response.json()).toMatchObject({
				sent: false,
				error: expect.stringContaining('12'),
			});
		});

		it('a second factor allows three guesses, and three texts an hour', async () => {
			const request = async () => (await call(n8n, 'second-factor', { to: TO })).status;
			const guess = async (code?: string) => await check('check-second-factor', code);
			expect(await request()).toBe(200);
			expect([await guess(wrong()), await guess()]).toEqual([403, 200]);
			expect(await guess()).toBe(403);
			expect(await request()).toBe(200);
			const guesses = [await guess(wrong()), await guess(wrong()), await guess(wrong())];
			expect([...guesses, await guess()]).toEqual([403, 403, 403, 403]);
			expect([await request(), await request(), await request()]).toEqual([200, 200, 429]);
			expect(texts(ANNA)).toHaveLength(4);
		});
	});

	describe('a scheduled text is sent once', () => {
		it.each([
			['remind-of-appointments', [`${ANNA}: Hello Anna, we see you tomorrow at 9:00.`]],
			['congratulate-on-birthdays', [`${ANNA}: Happy birthday, Anna!`]],
			[
				'remind-of-payments',
				[
					`${ANNA}: Invoice 2001 of $120.00 is due tomorrow.`,
					`${BEN}: Invoice 2002 of $80.00 was due a week ago.`,
				],
			],
			[
				'tell-everybody-about-an-incident',
				[`${ANNA}: No water in Park Street`, `${BEN}: No water in Park Street`],
			],
			['tell-where-a-delivery-is', [`${ANNA}: Your parcel 4711 comes today, from 14 to 16.`]],
		])('%s', async (name, beginnings) => {
			const live = await follow(name);
			await click(live);
			const sent = beginnings.map((text) => expect.stringContaining(text));
			expect(all().sort()).toEqual(sent);
			await click(live);
			expect(all().sort()).toEqual(sent);
		});

		it('names the ones that a person must handle', async () => {
			const late = await click(await follow('remind-of-payments'));
			expect(late.json('A person sees to it')).toMatchObject([{ number: '2003' }]);
			const broadcast = await click(await follow('tell-everybody-about-an-incident'));
			expect(broadcast.json('Ring their bell')).toMatchObject([{ name: 'Chris' }]);
		});
	});

	it('a survey asks unhappy people what went wrong', async () => {
		const live = await follow('ask-how-it-was');
		const running = click(live);
		await replyTo(live, 'How was it', '2.');
		await replyTo(live, 'What should we do better', 'It took an hour');
		await running;
		expect(await rowsOf(n8n, 'survey answers')).toMatchObject([
			{ phone: ANNA, score: 2, words: 'It took an hour' },
		]);
	});

	describe('Book an appointment by SMS', () => {
		const book = async (...replies: string[]) => {
			const live = await follow('book-an-appointment-by-sms');
			const running = click(live);
			await replyTo(live, 'when shall we come', replies[0]);
			for (const text of replies.slice(1)) {
				await until(() => texts(ANNA).some((sentText) => sentText.includes('one of the letters')));
				await reply(text);
			}
			return await running;
		};

		it('the chosen time is booked, confirmed, and not offered again', async () => {
			await book('maybe', 'b');
			expect(texts(ANNA)).toEqual([
				'Hello Anna, when shall we come? A for Monday at 9, B for Tuesday at 14, C for Wednesday at 16.',
				expect.stringContaining('one of the letters'),
				'Thank you. We come on Tuesday at 14.',
			]);
			expect(await rowsOf(n8n, 'appointments')).toMatchObject([
				{ time: 'Tuesday at 14', phone: ANNA },
			]);
			sandbox.messages.clear();
			await book('A');
			expect(texts(ANNA)[0]).toContain('A for Monday at 9, C for Wednesday at 16.');
		});

		it('STOP ends it', async () => {
			const run = await book('STOP');
			expect(run.json('Text them no more')).toMatchObject([{ phone: ANNA }]);
			expect(texts(ANNA)).toEqual([
				expect.stringContaining('when shall we come'),
				// sent by the provider
				expect.stringContaining('no more messages'),
			]);
			await reply('RESUME');
		});
	});

	describe('Inbox', () => {
		let live: Live;
		beforeAll(async () => {
			live = await follow('inbox');
			await n8n.rest.publish(live.workflow.id);
			live = await follow('inbox');
			const moUrl = `${live.address('Skycore got a text')}?token=sandbox-skycore-postbacks`;
			sandbox.configure('skycore', { moUrl, postbackEveryMs: 0 });
			sandbox.postbacks.options.copies = 2;
		});
		afterAll(async () => {
			sandbox.postbacks.options.copies = 1;
			await live.unpublish();
		});

		it.each([
			['cdyne', '17575550100', 'hours?', 'We are here from 9 to 17, Monday to Friday.'],
			['skycore', '60856', 'Price please', 'A wash is 10, a wash and a cut 35.'],
		])('%s: a text that is posted twice gets one reply', async (provider, to, text, replyText) => {
			const before = await live.count('success');
			await sandbox.simulators.get(provider)!.reply!({ from: BEN, to, text });
			await until(async () => (await live.count('success')) === before + 2);
			const sent = sandbox.messages.list({ direction: 'out' });
			expect(
				sent.map(({ provider, handset, from, text }) => ({ provider, handset, from, text })),
			).toEqual([{ provider, handset: BEN, from: to, text: replyText }]);
		});

		it('a text without a known word is left to a person', async () => {
			const before = await live.count('success');
			await sandbox.simulators.get('cdyne')!.reply!({ from: BEN, to: '17575550100', text: 'Hm?' });
			await until(async () => (await live.count('success')) === before + 2);
			expect(all()).toEqual([]);
		});

		it('can be tried with a click', async () => {
			await click(live);
			expect(all()).toEqual([`${ANNA}: We are here from 9 to 17, Monday to Friday.`]);
		});
	});

	it('numbers that opted out, before or now, are removed from the list', async () => {
		const live = await follow('take-whoever-opted-out-off-the-list');
		const list = async () => (await rowsOf(n8n, 'subscribers')).map(({ name }) => name);
		const run = await click(live);
		expect(run.json('Somebody looks after it')).toEqual([]);
		expect(await list()).toEqual(['Anna', 'Ben']);
		await until(() => sandbox.messages.list({ handset: ANNA })[0]?.status === 'delivered');
		await reply('STOP');
		await until(async () => (await list()).length === 1);
		expect(await list()).toEqual(['Ben']);
	});
});
