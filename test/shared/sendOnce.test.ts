import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/shared/errors';
import { canBeOfCall, sendOnce } from '../../nodes/shared/sendOnce';
import { Traffic } from '../../nodes/shared/traffic';
import { itemWith, messageWith } from './contexts';

/** What is sent, looked for and sent again, and for whom. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

type Report = { message: ReturnType<typeof messageWith> };
type One = Report[] | Failure;

const is = (messageId: string): Report[] => [{ message: messageWith({ messageId }) }];
const lostAnswer = (message = 'No answer') => new Failure({ kind: 'ambiguous', message });
const refusal = (message = 'Refused') => new Failure({ kind: 'rejected', message });

interface Script {
	references?: string[];
	given?: boolean;
	options?: IDataObject;
	retry?: boolean;
	/** By send: what became of each of its recipients, or what is thrown. */
	sends?: Array<One[] | Error>;
	earlier?: Array<One | undefined>;
	/** By look. */
	lost?: Array<Array<Report[] | undefined> | Error>;
	signal?: AbortSignal;
	traffic?: Traffic;
}

/** Sends by a script. @returns what came of it and what was asked for, with the times */
async function play(script: Script) {
	const { references = ['r0'], given = false, options = {}, retry = false } = script;
	const { sends = [], earlier = [], lost = [], signal, traffic = new Traffic() } = script;
	const log: unknown[][] = [];
	const counts = { sends: 0, looks: 0 };
	const now = () => Date.now() - START;
	const item = itemWith(
		{ options },
		{
			getMode: () => (retry ? 'retry' : 'trigger'),
			...(signal && { getExecutionCancelSignal: () => signal }),
		},
	);
	const result = sendOnce<Report>(item, traffic, {
		references,
		given,
		send: async (positions) => {
			log.push(['send', positions, now()]);
			const answer = sends[counts.sends++];
			if (answer instanceof Error) throw answer;
			return [...answer];
		},
		earlier: async (positions, claim) => {
			log.push(['earlier', positions, claim]);
			return earlier;
		},
		lost: async (positions, since) => {
			log.push(['lost', positions, since === undefined ? since : since - START, now()]);
			const answer = lost[counts.looks++] ?? positions.map(() => undefined);
			if (answer instanceof Error) throw answer;
			return answer;
		},
	});
	const settled = result.then(
		(sent) => ({ sent, error: undefined }),
		(error: unknown) => ({ sent: undefined, error }),
	);
	await jest.advanceTimersByTimeAsync(60_000);
	return { ...(await settled), log };
}

const AT = [0, 1_000, 4_000];
const looks = (positions: number[], since?: number, count = 3, begin = 0) =>
	AT.slice(0, count).map((at) => ['lost', positions, since, begin + at]);

it.each<[number | undefined, string | null, boolean]>([
	[undefined, '2030-01-01T00:00:00.000Z', true],
	[Date.parse('2030-01-01T00:00:05.000Z'), null, true],
	[Date.parse('2030-01-01T00:00:05.000Z'), '2030-01-01T00:00:00.000Z', true],
	[Date.parse('2030-01-01T00:00:05.001Z'), '2030-01-01T00:00:00.000Z', false],
	[Date.parse('2030-01-01T00:00:00.000Z'), '2030-01-01T00:00:01.000Z', true],
])('called at %j, a message of %j can be of the call: %s', (calledAt, sentAt, can) => {
	expect(canBeOfCall(calledAt, sentAt)).toBe(can);
});

describe('a send that is answered', () => {
	it('is one send', async () => {
		const { sent, log } = await play({ sends: [[is('m1')]] });
		expect(sent).toEqual([is('m1')]);
		expect(log).toEqual([['send', [0], 0]]);
	});

	it('has what became of each recipient', async () => {
		const failure = refusal();
		const { sent } = await play({ references: ['a', 'b'], sends: [[is('m1'), failure]] });
		expect(sent).toEqual([is('m1'), failure]);
	});

	it('throws what became of the one recipient', async () => {
		const failure = refusal();
		expect((await play({ sends: [[failure]] })).error).toBe(failure);
		expect((await play({ sends: [failure] })).error).toBe(failure);
	});

	it('gives refusals of all of several recipients, each its own', async () => {
		const all = [refusal('one'), refusal('two')];
		const { sent } = await play({ references: ['a', 'b'], sends: [all] });
		expect(sent).toEqual(all);
	});

	it.each([refusal(), new TypeError('broken')])('throws what failed for all: %s', async (error) => {
		const played = await play({ references: ['a', 'b'], sends: [error] });
		expect(played.error).toBe(error);
		expect(played.log).toHaveLength(1);
	});
});

describe('what was sent before', () => {
	const found = [{ message: { ...messageWith({ messageId: 'old' }), alreadySent: true } }];

	it.each<[string, Script, boolean | undefined]>([
		['is not looked for', { given: true }, undefined],
		['is looked for where the user wants it', skipping({ given: true }), false],
		['is not looked for by a reference that is new', skipping({ given: false }), undefined],
		['is looked for in a retry, one for each item', { retry: true }, true],
		[
			'is looked for in a retry, also as the user wants',
			skipping({ given: true, retry: true }),
			false,
		],
	])('%s', async (_, script, claim) => {
		const { log } = await play({ ...script, sends: [[is('m1')]], earlier: [undefined] });
		const first = claim === undefined ? [] : [['earlier', [0], claim]];
		expect(log).toEqual([...first, ['send', [0], 0]]);
	});

	function skipping(script: Script): Script {
		return { ...script, options: { skipIfReferenceExists: true } };
	}

	it('is returned, and nothing is sent', async () => {
		const { sent, log } = await play({ retry: true, earlier: [is('old')] });
		expect(sent).toEqual([found]);
		expect(log).toHaveLength(1);
	});

	it('leaves out the recipients that have it, the others get it', async () => {
		const failure = refusal('of before');
		const { sent, log } = await play({
			references: ['a', 'b', 'c'],
			retry: true,
			earlier: [is('old'), undefined, failure],
			sends: [[is('new')]],
		});
		expect(sent).toEqual([found, is('new'), failure]);
		expect(log[1]).toEqual(['send', [1], 0]);
	});

	it('failed for the one recipient: that is thrown', async () => {
		const failure = refusal('of before');
		expect((await play({ retry: true, earlier: [failure] })).error).toBe(failure);
	});
});

describe('items with one reference', () => {
	async function order(script: Script) {
		const traffic = new Traffic();
		const order: string[] = [];
		const original = traffic.exclusive.bind(traffic);
		traffic.exclusive = async (reference, step) => {
			order.push(reference);
			return await original(reference, step);
		};
		await play({ sends: [[is('m1')]], earlier: [undefined], ...script, traffic });
		return order;
	}
	const skip = { skipIfReferenceExists: true };

	it.each<[string, Script, string[]]>([
		['wait for one another where it is looked up', { given: true, options: skip }, ['r0']],
		['wait for one another in a retry', { given: true, retry: true }, ['r0']],
		['do not wait where nothing is looked up', { given: true }, []],
		['do not wait where the references are made up', { retry: true, options: skip }, []],
		[
			'wait while one looks for what is lost',
			{ sends: [[lostAnswer()]], lost: [[is('m1')]] },
			['look r0'],
		],
	])('%s', async (_, script, waits) => {
		expect(await order(script)).toEqual(waits);
	});
});

describe('a send whose answer is lost', () => {
	it.each([1, 2, 3])('is found by look %i, and no further one is made', async (count) => {
		const lost = [...Array.from({ length: count - 1 }, () => [undefined]), [is('m1')]];
		const { sent, log } = await play({ sends: [[lostAnswer()]], lost });
		expect(sent).toEqual([is('m1')]);
		expect(log).toEqual([['send', [0], 0], ...looks([0], undefined, count)]);
	});

	it('is an error that says so where it is not found', async () => {
		const { error, log } = await play({ sends: [lostAnswer()] });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			notFound: true,
			message: 'No answer, but the provider does not know its reference "r0"',
		});
		expect((error as Failure).description).toMatch(/^Most likely the message was not accepted/);
		expect(log).toEqual([['send', [0], 0], ...looks([0])]);
	});

	it('is one of each recipient whose answer is lost, under its own reference', async () => {
		const { sent, log } = await play({
			references: ['a', '$&', 'c', 'd'],
			sends: [[is('m1'), lostAnswer(), refusal(), lostAnswer('Gone')]],
			lost: [[undefined, is('m4')]],
		});
		expect(sent).toEqual([is('m1'), expect.any(Failure), refusal(), is('m4')]);
		expect(sent?.[1]).toMatchObject({
			message: 'No answer, but the provider does not know its reference "$&"',
			notFound: true,
		});
		expect(log.slice(1)).toEqual([
			['lost', [1, 3], undefined, 0],
			['lost', [1], undefined, 1_000],
			['lost', [1], undefined, 4_000],
		]);
	});

	it('is one failure where it is lost for all of several', async () => {
		const { error, sent } = await play({ references: ['a', 'b'], sends: [lostAnswer()] });
		expect(sent).toBeUndefined();
		expect(error).toMatchObject({ notFound: true, kind: 'ambiguous' });
	});

	it('is an error with the reason where it cannot be looked up, and is not sent again', async () => {
		const { error, log } = await play({
			sends: [[lostAnswer()]],
			lost: [[undefined], new Error('Out of order')],
			options: { sendAgainIfNotFound: true },
		});
		expect(error).toMatchObject({
			message: 'No answer, and looking it up failed: Out of order',
			notFound: false,
		});
		expect(log.filter(([what]) => what === 'send')).toHaveLength(1);
	});

	it('is not looked for after the execution was cancelled', async () => {
		const cancel = new AbortController();
		cancel.abort();
		const { error, log } = await play({
			sends: [[lostAnswer()]],
			lost: [[undefined]],
			signal: cancel.signal,
		});
		expect((error as Failure).message).toMatch(/looking it up failed: The execution was cancelled/);
		expect(log).toHaveLength(2);
	});

	it.each<[string, Script, number | undefined]>([
		['of the user counts only what came after the call', { given: true }, 0],
		['of the node counts whatever is found', { given: false }, undefined],
		[
			'that nothing carried before counts whatever is found',
			{ given: true, options: { skipIfReferenceExists: true } },
			undefined,
		],
		['in a retry counts whatever is found', { given: true, retry: true }, undefined],
	])('under a reference %s', async (_, script, since) => {
		const { log } = await play({
			...script,
			earlier: [undefined],
			sends: [[lostAnswer()]],
			lost: [[is('m1')]],
		});
		expect(log.at(-1)).toEqual(['lost', [0], since, 0]);
	});

	it('is not looked for while another item sends under the reference', async () => {
		const traffic = new Traffic();
		const other = traffic.sending(['r0'], async () => {
			await sleep(700);
		});
		const { log } = await play({ sends: [[lostAnswer()]], lost: [[is('m1')]], traffic });
		await other;
		expect(log).toEqual([
			['send', [0], 0],
			['lost', [0], undefined, 700],
		]);
	});
});

describe('sending again', () => {
	const again = { options: { sendAgainIfNotFound: true } };

	it('is done once where the user wants it and nothing is found', async () => {
		const { sent, log } = await play({ ...again, sends: [[lostAnswer()], [is('m2')]] });
		expect(sent).toEqual([is('m2')]);
		expect(log).toEqual([['send', [0], 0], ...looks([0]), ['send', [0], 4_000]]);
	});

	it('is not done where the user does not want it, or the first one is found', async () => {
		const sendsOf = ({ log }: { log: unknown[][] }) => log.filter(([what]) => what === 'send');
		expect(sendsOf(await play({ sends: [[lostAnswer()]] }))).toHaveLength(1);
		const found = { sends: [[lostAnswer()]], lost: [[is('m1')]] };
		expect(sendsOf(await play({ ...again, ...found }))).toHaveLength(1);
	});

	it('is done for those alone that are not found', async () => {
		const { sent, log } = await play({
			...again,
			references: ['a', 'b', 'c'],
			sends: [[is('m1'), lostAnswer(), refusal()], [is('m2')]],
		});
		expect(sent).toEqual([is('m1'), is('m2'), refusal()]);
		expect(log.at(-1)).toEqual(['send', [1], 4_000]);
	});

	it('that is lost and not found either ends in an error, without a third', async () => {
		const { error, log } = await play({ ...again, sends: [[lostAnswer()], [lostAnswer('Gone')]] });
		expect(error).toMatchObject({
			notFound: true,
			message: 'Gone, but the provider does not know its reference "r0"',
		});
		expect(log.filter(([what]) => what === 'send')).toHaveLength(2);
	});

	it('that is refused says nothing of the first, which may be out', async () => {
		const { error } = await play({ ...again, sends: [[lostAnswer()], [refusal()]] });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			notFound: true,
			message:
				'No answer, but the provider does not know its reference "r0". Sending again failed: Refused',
		});
	});

	it('that fails for some recipients leaves the others as they are', async () => {
		const { sent } = await play({
			...again,
			references: ['a', 'b', 'c'],
			sends: [[is('m1'), lostAnswer('One'), lostAnswer('Two')], refusal()],
		});
		expect(sent?.[0]).toEqual(is('m1'));
		expect(sent?.slice(1)).toMatchObject([
			{ message: expect.stringMatching(/^One, .* "b"\. Sending again failed: Refused$/) },
			{ message: expect.stringMatching(/^Two, .* "c"\. Sending again failed: Refused$/) },
		]);
	});

	it('that breaks off by a fault of ours is thrown', async () => {
		const broken = new TypeError('broken');
		const { error } = await play({
			...again,
			references: ['a', 'b'],
			sends: [[is('m1'), lostAnswer()], broken],
		});
		expect(error).toBe(broken);
	});
});
