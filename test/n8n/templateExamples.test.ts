import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { until } from '../engine/harness/until';
import {
	addRows,
	call,
	changeExample,
	countRows,
	execute,
	followExample,
	publishExamples,
	rowsOf,
	SPELLINGS,
	start,
} from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const ANNA = '17575550142';
const BEN = '17575550143';
const TO = '+1 757 555 0142';
const E164 = '+17575550142';
const UNREADABLE = [undefined, '', 'unknown', '12', '+1 757 555 0142, +1 757 555 0143'];
const CDYNE = '17575550100';
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
	/** @returns a function that undoes the changes to an example */
	const remember = async (name: string) => {
		const id = (await follow(name)).workflow.id!;
		const stored = await n8n.rest.call('GET', `/workflows/${id}`);
		return async () => {
			await n8n.rest.saveWorkflow(stored);
			await n8n.rest.publish(id);
		};
	};
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

		it.each([
			['one-time-code', { sent: false }],
			['check-one-time-code', { ok: false }],
			['second-factor', { sent: false }],
			['check-second-factor', { ok: false }],
		])('%s: a number that cannot be read gets the reason', async (path, result) => {
			for (const to of UNREADABLE) {
				const response = await call(n8n, path, { to, code: '123456' });
				expect(response.status).toBe(422);
				expect(await response.json()).toEqual({ ...result, error: expect.stringMatching(/\S/) });
			}
			expect(all()).toEqual([]);
		});

		it('a one-time code for one spelling is valid for another, once', async () => {
			for (const [index, to] of SPELLINGS.entries()) {
				const other = SPELLINGS[(index + 1) % SPELLINGS.length];
				expect((await call(n8n, 'one-time-code', { to })).status).toBe(200);
				const guess = { to: other, code: codeOf() };
				expect((await call(n8n, 'check-one-time-code', guess)).status).toBe(200);
				expect((await call(n8n, 'check-one-time-code', { to, code: codeOf() })).status).toBe(403);
			}
			expect(await rowsOf(n8n, 'one-time codes')).toEqual([]);
		});

		it.each([
			['one-time codes', 'check-one-time-code', {}],
			['second factors', 'check-second-factor', { guesses: 0, texts: 1 }],
		])('%s: a code that arrives as a number has its zeros', async (table, path, more) => {
			const validUntil = new Date(Date.now() + 60_000).toISOString();
			const phone = '+17575550177';
			// the table exists
			await call(n8n, table === 'one-time codes' ? 'one-time-code' : 'second-factor', { to: BEN });
			await addRows(n8n, table, [{ phone, code: '012345', validUntil, ...more }]);
			const check = async (code?: unknown) => (await call(n8n, path, { to: phone, code })).status;
			expect([await check(), await check(''), await check(12345)]).toEqual([403, 403, 200]);
		});

		it('six spellings have one limit of texts, and one of guesses', async () => {
			const cara = (spelling: string) => spelling.replace('0142', '0176');
			const requests: number[] = [];
			for (const to of SPELLINGS.map(cara)) {
				requests.push((await call(n8n, 'second-factor', { to })).status);
			}
			expect(requests).toEqual([200, 200, 200, 429, 429, 429]);
			const code = /^\d{6}/.exec(texts('17575550176').at(-1)!)![0];
			const bad = code === '000000' ? '000001' : '000000';
			const guesses: number[] = [];
			for (const to of SPELLINGS.map(cara).slice(0, 3)) {
				const response = await call(n8n, 'check-second-factor', { to, code: bad });
				guesses.push(((await response.json()) as { left: number }).left);
			}
			expect(guesses).toEqual([2, 1, 0]);
			const late = await call(n8n, 'check-second-factor', { to: cara(SPELLINGS[5]), code });
			expect([late.status, await late.json()]).toEqual([403, { ok: false, left: 0 }]);
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

	describe('Notify everybody about an incident', () => {
		const notify = async (phones: string[], step: string) => {
			const live = await follow('tell-everybody-about-an-incident');
			const people = phones.map((phone, index) => ({ name: `Person ${index}`, phone }));
			const jsonOutput = `={{ { ...$json.body, people: ${JSON.stringify(people)} } }}`;
			await changeExample(n8n, live, {
				'People to notify': { mode: 'raw', jsonOutput, options: {} },
			});
			const body = { incident: 'gas', step, text: 'Open the windows.' };
			return await n8n.finished(await start(n8n, live, 'incident', body));
		};

		let restore: () => Promise<void>;
		beforeAll(async () => (restore = await remember('tell-everybody-about-an-incident')));
		afterAll(async () => await restore());

		it('one number in six spellings gets one text, and the others get theirs', async () => {
			const run = await notify([...SPELLINGS, '+39 333 555 0100', 'unknown'], '1');
			expect(run.error).toBeUndefined();
			expect(all().sort()).toEqual([
				`${ANNA}: Open the windows.`,
				'393335550100: Open the windows.',
			]);
			const [{ name, phone, reason }, ...others] = run.json('Not notified');
			expect([name, phone, others]).toEqual(['Person 7', 'unknown', []]);
			expect(reason).toContain('unknown');
			expect(run.json('How many')).toEqual([{ told: 2 }]);
		});

		it('each spelling of the same step is the same text', async () => {
			for (const spelling of SPELLINGS) await notify([spelling], '2');
			expect(all()).toEqual([`${ANNA}: Open the windows.`]);
		});
	});

	it('an appointment reminder is about a day in the time zone of the workflow', async () => {
		const live = await follow('remind-of-appointments');
		const { id } = live.workflow;
		const stored = await n8n.rest.call('GET', `/workflows/${id}`);
		const restore = await remember('remind-of-appointments');
		for (const timezone of ['America/New_York', 'Pacific/Auckland', 'UTC']) {
			const settings = { ...stored.settings, timezone };
			await n8n.rest.saveWorkflow({ ...stored, settings });
			await n8n.rest.publish(id!);
			const at = (hour: number) =>
				`$now.plus({ days: 1 }).set({ hour: ${hour}, minute: 0 }).toUTC().toISO()`;
			const [early, late] = [at(1), at(23)];
			const jsonOutput = `={{ { day: $now.plus({ days: 1 }).toISODate(), appointments: [
				{ id: '${timezone} 1', name: 'Anna', phone: '${TO}', at: ${early} },
				{ id: '${timezone} 2', name: 'Anna', phone: '${TO}', at: ${late} }
			] } }}`;
			await changeExample(n8n, live, { 'The appointments': { jsonOutput } });
			const run = await click(live);
			const [{ day }] = run.json('The appointments');
			expect(texts(ANNA)).toEqual([
				expect.stringContaining('tomorrow at 1:00'),
				expect.stringContaining('tomorrow at 23:00'),
			]);
			const references = run.json('Remind them').map(({ referenceId }) => referenceId);
			expect(references).toEqual([1, 2].map((n) => `appointment-${timezone} ${n}-${day}`));
			sandbox.messages.clear();
		}
		await restore();
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
			expect(broadcast.json('Not notified')).toMatchObject([{ name: 'Chris' }]);
		});
	});

	it('a survey asks unhappy people what went wrong', async () => {
		const live = await follow('ask-how-it-was');
		const running = click(live);
		await replyTo(live, 'How was it', '2.');
		await replyTo(live, 'What should we do better', 'It took an hour');
		await running;
		expect(await rowsOf(n8n, 'survey answers')).toMatchObject([
			{ phone: E164, score: 2, words: 'It took an hour' },
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
				{ time: 'Tuesday at 14', phone: E164 },
			]);
			sandbox.messages.clear();
			await book('A');
			expect(texts(ANNA)[0]).toContain('A for Monday at 9, C for Wednesday at 16.');
		});

		it('STOP ends it', async () => {
			const run = await book('STOP');
			expect(run.json('Text them no more')).toMatchObject([{ phone: E164 }]);
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
			['cdyne', CDYNE, 'hours?', 'We are here from 9 to 17, Monday to Friday.'],
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
			await sandbox.simulators.get('cdyne')!.reply!({ from: BEN, to: CDYNE, text: 'Hm?' });
			await until(async () => (await live.count('success')) === before + 2);
			expect(all()).toEqual([]);
		});

		it('can be tried with a click', async () => {
			await click(live);
			expect(all()).toEqual([`${ANNA}: We are here from 9 to 17, Monday to Friday.`]);
		});

		it('more than ten thousand events stop nothing, and those of last week are deleted', async () => {
			const before = await countRows(n8n, 'received events');
			const rows = Array.from({ length: 10_001 }, (_, index) => ({ eventId: `earlier ${index}` }));
			await addRows(n8n, 'received events', rows);
			expect(await countRows(n8n, 'received events')).toBe(before + rows.length);
			const ended = await live.count('success');
			await sandbox.simulators.get('cdyne')!.reply!({ from: BEN, to: CDYNE, text: 'Price' });
			await until(async () => (await live.count('success')) === ended + 2);
			expect(all()).toEqual([`${BEN}: A wash is 10, a wash and a cut 35.`]);
			expect(await live.count('error')).toBe(0);

			// everything is old
			const conditions = [
				{ keyName: 'createdAt', condition: 'lt', keyValue: '={{ $now.toISO() }}' },
			];
			const restore = await remember('inbox');
			await changeExample(n8n, live, { 'Delete old events': { filters: { conditions } } });
			await click(live);
			expect(await countRows(n8n, 'received events')).toBeLessThan(2);
			// otherwise the first copy of an event may be deleted before the second one looks for it
			await restore();
		});

		/** Waits until no execution is running. */
		const quiet = async () => await until(async () => (await live.count('running', 'new')) === 0);

		it('two robots do not thank each other for ever', async () => {
			const robot = '17575550144';
			const reply = sandbox.simulators.get('cdyne')!.reply!;
			for (let index = 1; index <= 7; index++) {
				await quiet();
				const ended = await live.count('success');
				await reply({ from: robot, to: CDYNE, text: 'Hours' });
				await until(async () => (await live.count('success')) === ended + 2);
				expect(texts(robot)).toHaveLength(Math.min(index, 5));
			}
			const counted = (await rowsOf(n8n, 'recent replies')).filter(
				({ phone }) => phone === `+${robot}`,
			);
			expect(counted).toMatchObject([{ replies: 5 }]);
		});
	});

	it('a list of subscribers holds one row for six spellings, without unreadable numbers', async () => {
		const live = await follow('take-whoever-opted-out-off-the-list');
		const restore = await remember('take-whoever-opted-out-off-the-list');
		const people = [...SPELLINGS, 'unknown'].map((phone) => ({ name: 'Anna', phone }));
		const jsonOutput = JSON.stringify({ people });
		await changeExample(n8n, live, { 'Three subscribers': { jsonOutput } });
		const run = await click(live);
		expect(await rowsOf(n8n, 'subscribers')).toMatchObject([{ name: 'Anna', phone: E164 }]);
		expect(texts(ANNA)).toHaveLength(1);
		expect(run.json('Somebody looks after it')).toMatchObject([{ phone: 'unknown' }]);
		await restore();
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
