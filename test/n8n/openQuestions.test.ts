import { startSandbox, type Sandbox } from '../../sandbox';
import type { Postback } from '../../sandbox/postbacks';
import { until } from '../engine/harness/until';
import { MODES, startN8n, type Live, type N8n } from './instance';
import { cdyne } from './workflow';

/** Two people with two open questions each: whose reply goes where. */

const [ANNA, BEN] = ['+17575550142', '+17575550143'];
const TIMEOUT_MS = 240_000;

interface Question {
	to: string;
	code: string;
	id: string;
	live: Live;
}

describe.each(MODES)('Several open questions to one person, in %s mode', (mode) => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 300, carrier: 100, delivered: 100 } });
		n8n = await startN8n({ mode, sandbox });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});
	afterEach(() => sandbox.reset());

	const publish = async (options = {}) =>
		await n8n.publish([
			cdyne('Ask', 'sendAndWait', { message: 'Shall we?', responseType: 'approval', options }),
		]);
	const textsTo = (handset: string) =>
		sandbox.messages.list({ direction: 'out', handset: handset.slice(1) });
	const reply = async (from: string, text: string) =>
		await sandbox.simulators.get('cdyne')!.reply!({ from: from.slice(1), text });

	/** Asks, and waits until the question is on the handset. */
	async function ask(live: Live, to: string): Promise<Question> {
		const { id } = await live.start([{ to }], 'waiting');
		await until(() => textsTo(to).every(({ status }) => status === 'delivered'));
		const code = /followed by (\d{3})/.exec(textsTo(to).at(-1)?.text ?? '')?.[1] ?? '';
		return { to, code, id, live };
	}

	/** Asks several questions with codes, of which those to one person have different ones. */
	async function askApart(live: Live, recipients: string[]): Promise<Question[]> {
		const questions: Question[] = [];
		for (const to of recipients) {
			const isAmbiguous = (code: string) =>
				questions.some((other) => other.to === to && other.code === code);
			let question = await ask(live, to);
			// one in nine hundred, if two workers ask, which do not know each other's questions
			while (mode === 'queue' && isAmbiguous(question.code)) question = await ask(live, to);
			expect(question.code).toMatch(/^\d{3}$/);
			expect(isAmbiguous(question.code)).toBe(false);
			questions.push(question);
		}
		return questions;
	}

	const resultOf = async ({ id }: Question) => {
		const run = await n8n.finished(id);
		return [0, 1, 2].flatMap((output) => run.json('Ask', output))[0];
	};

	it.each([
		['in the order of the questions', [0, 1, 2, 3]],
		['in the other order', [3, 2, 1, 0]],
		['mixed', [2, 0, 3, 1]],
	])(
		'with codes, each reply goes to its own question: %s',
		async (_, order) => {
			const live = await publish({ askForCode: true });
			const questions = await askApart(live, [ANNA, BEN, ANNA, BEN]);
			const asked = textsTo(ANNA).length;
			for (const index of order) {
				const { to, code } = questions[index];
				await reply(to, `${index < 2 ? 'Yes' : 'no'} ${code}`);
			}
			const results = await Promise.all(questions.map(resultOf));
			await live.unpublish();
			expect(results.map(({ from, approved, outcome }) => [from, approved, outcome])).toEqual([
				[ANNA, true, 'answered'],
				[BEN, true, 'answered'],
				[ANNA, false, 'declined'],
				[BEN, false, 'declined'],
			]);
			// no help texts
			expect(textsTo(ANNA)).toHaveLength(asked);
		},
		TIMEOUT_MS,
	);

	it(
		'with codes, a reply with the code of an older question survives a restart',
		async () => {
			const live = await publish({ askForCode: true });
			const [older, newer] = await askApart(live, [ANNA, ANNA]);
			await n8n.restart();
			await reply(ANNA, `yes ${older.code}`);
			const isAcknowledged = ({ attempts }: Postback) =>
				attempts.some(({ status }) => status === 200);
			await until(() => sandbox.postbacks.list({ kind: 'SMSResponse' }).some(isAcknowledged));
			await reply(ANNA, `no ${newer.code}`);
			const result = await resultOf(newer);
			await live.unpublish();
			expect(result).toMatchObject({
				approved: false,
				unmatchedReplies: [{ text: `yes ${older.code}` }],
			});
		},
		TIMEOUT_MS,
	);

	if (mode === 'regular') {
		it('without codes, a second question asks for one while the first one is open', async () => {
			const live = await publish();
			const first = await ask(live, ANNA);
			const second = await ask(live, ANNA);
			expect([first.code, second.code]).toEqual(['', expect.stringMatching(/^\d{3}$/)]);
			await reply(ANNA, 'YES');
			expect(await resultOf(first)).toMatchObject({ approved: true });
			await reply(ANNA, `no ${second.code}`);
			expect(await resultOf(second)).toMatchObject({ approved: false, unmatchedReplies: [] });
			const third = await ask(live, ANNA);
			expect(third.code).toBe('');
			await reply(ANNA, 'NO');
			expect(await resultOf(third)).toMatchObject({ approved: false });
			await live.unpublish();
		});
	}

	it('a reply that is not a choice is output, with Other Replies: Output the Reply', async () => {
		const live = await publish({ otherReplies: 'output' });
		const question = await ask(live, BEN);
		await reply(BEN, 'I am sick, can I come later?');
		expect(await resultOf(question)).toMatchObject({
			outcome: 'other',
			approved: false,
			text: 'I am sick, can I come later?',
		});
		await live.unpublish();
	});
});
