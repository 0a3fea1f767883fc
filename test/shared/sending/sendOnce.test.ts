import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { ReferenceLocks } from '../../../nodes/shared/sending/referenceLocks';
import { mayBelongToCall, sendOnce } from '../../../nodes/shared/sending/sendOnce';
import { itemWith, messageWith } from '../../engine/harness/contexts';

/** Which messages are sent, looked up and sent again, and to which recipients. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

type Report = { message: ReturnType<typeof messageWith> };
type RecipientResult = Report[] | Failure;

const sentAs = (messageId: string): Report[] => [{ message: messageWith({ messageId }) }];
const lostResponse = (message = 'No response') => new Failure({ kind: 'ambiguous', message });
const rejection = (message = 'Rejected') => new Failure({ kind: 'rejected', message });

interface Script {
	references?: string[];
	isUserReference?: boolean;
	options?: IDataObject;
	retry?: boolean;
	/** By send: the result of each of its recipients, or the error that it throws. */
	sends?: Array<RecipientResult[] | Error>;
	earlier?: Array<RecipientResult | undefined>;
	/** By look-up. */
	lost?: Array<Array<Report[] | undefined> | Error>;
	signal?: AbortSignal;
	locks?: ReferenceLocks;
}

/**
 * Sends by a script.
 *
 * @returns the results, or the error, and a log of the calls with their times
 */
async function play(script: Script) {
	const { references = ['r0'], isUserReference = false, options = {}, retry = false } = script;
	const { sends = [], earlier = [], lost = [], signal, locks = new ReferenceLocks() } = script;
	const log: unknown[][] = [];
	const counts = { sends: 0, lookups: 0 };
	const now = () => Date.now() - START;
	const item = itemWith(
		{ options },
		{
			getMode: () => (retry ? 'retry' : 'trigger'),
			...(signal && { getExecutionCancelSignal: () => signal }),
		},
	);
	const result = sendOnce<Report>(item, locks, {
		references,
		isUserReference,
		send: async (positions) => {
			log.push(['send', positions, now()]);
			const response = sends[counts.sends++];
			if (response instanceof Error) throw response;
			return [...response];
		},
		findEarlier: async (positions, claim) => {
			log.push(['earlier', positions, claim]);
			return earlier;
		},
		findLost: async (positions, since) => {
			log.push(['lost', positions, since === undefined ? since : since - START, now()]);
			const response = lost[counts.lookups++] ?? positions.map(() => undefined);
			if (response instanceof Error) throw response;
			return response;
		},
	});
	const outcome = result.then(
		(sent) => ({ sent, error: undefined }),
		(error: unknown) => ({ sent: undefined, error }),
	);
	await jest.advanceTimersByTimeAsync(60_000);
	return { ...(await outcome), log };
}

const LOOKUP_TIMES = [0, 1_000, 4_000];
const lookups = (positions: number[], since?: number, count = 3, begin = 0) =>
	LOOKUP_TIMES.slice(0, count).map((at) => ['lost', positions, since, begin + at]);

it.each<[number | undefined, string | null, boolean]>([
	[undefined, '2030-01-01T00:00:00.000Z', true],
	[Date.parse('2030-01-01T00:00:05.000Z'), null, true],
	[Date.parse('2030-01-01T00:00:05.000Z'), '2030-01-01T00:00:00.000Z', true],
	[Date.parse('2030-01-01T00:00:05.001Z'), '2030-01-01T00:00:00.000Z', false],
	[Date.parse('2030-01-01T00:00:00.000Z'), '2030-01-01T00:00:01.000Z', true],
])(
	'after a call at %j, a message sent at %j may belong to the call: %s',
	(calledAt, sentAt, may) => {
		expect(mayBelongToCall(calledAt, sentAt)).toBe(may);
	},
);

describe('a send with a response', () => {
	it('makes one call', async () => {
		const { sent, log } = await play({ sends: [[sentAs('m1')]] });
		expect(sent).toEqual([sentAs('m1')]);
		expect(log).toEqual([['send', [0], 0]]);
	});

	it('returns the result of each recipient', async () => {
		const failure = rejection();
		const { sent } = await play({ references: ['a', 'b'], sends: [[sentAs('m1'), failure]] });
		expect(sent).toEqual([sentAs('m1'), failure]);
	});

	it('throws the failure of the only recipient', async () => {
		const failure = rejection();
		expect((await play({ sends: [[failure]] })).error).toBe(failure);
		expect((await play({ sends: [failure] })).error).toBe(failure);
	});

	it('returns the rejections of several recipients, each its own', async () => {
		const all = [rejection('one'), rejection('two')];
		const { sent } = await play({ references: ['a', 'b'], sends: [all] });
		expect(sent).toEqual(all);
	});

	it.each([
		['a failure', rejection()],
		['an error', new TypeError('broken')],
	])('throws %s that concerns the whole call', async (_, error) => {
		const played = await play({ references: ['a', 'b'], sends: [error] });
		expect(played.error).toBe(error);
		expect(played.log).toHaveLength(1);
	});
});

describe('a message that was sent before', () => {
	const found = [{ message: { ...messageWith({ messageId: 'old' }), alreadySent: true } }];

	it.each<[string, Script, boolean | undefined]>([
		['is not looked up by default', { isUserReference: true }, undefined],
		['is looked up with the option', skipping({ isUserReference: true }), false],
		['is not looked up by a generated reference', skipping({ isUserReference: false }), undefined],
		['is looked up in a retry and claimed for one item', { retry: true }, true],
		[
			'is looked up in a retry with the option, and not claimed',
			skipping({ isUserReference: true, retry: true }),
			false,
		],
	])('%s', async (_, script, claim) => {
		const { log } = await play({ ...script, sends: [[sentAs('m1')]], earlier: [undefined] });
		const first = claim === undefined ? [] : [['earlier', [0], claim]];
		expect(log).toEqual([...first, ['send', [0], 0]]);
	});

	function skipping(script: Script): Script {
		return { ...script, options: { skipIfReferenceExists: true } };
	}

	it('is returned and not sent again', async () => {
		const { sent, log } = await play({ retry: true, earlier: [sentAs('old')] });
		expect(sent).toEqual([found]);
		expect(log).toHaveLength(1);
	});

	it('is sent only to the recipients that do not have it', async () => {
		const failure = rejection('earlier');
		const { sent, log } = await play({
			references: ['a', 'b', 'c'],
			retry: true,
			earlier: [sentAs('old'), undefined, failure],
			sends: [[sentAs('new')]],
		});
		expect(sent).toEqual([found, sentAs('new'), failure]);
		expect(log[1]).toEqual(['send', [1], 0]);
	});

	it('failed for the only recipient, so the failure is thrown', async () => {
		const failure = rejection('earlier');
		expect((await play({ retry: true, earlier: [failure] })).error).toBe(failure);
	});
});

describe('items with the same reference', () => {
	async function lockedNames(script: Script) {
		const locks = new ReferenceLocks();
		const names: string[] = [];
		const original = locks.exclusive.bind(locks);
		locks.exclusive = async (reference, step) => {
			names.push(reference);
			return await original(reference, step);
		};
		await play({ sends: [[sentAs('m1')]], earlier: [undefined], ...script, locks });
		return names;
	}
	const skip = { skipIfReferenceExists: true };

	it.each<[string, Script, string[]]>([
		[
			'wait for each other if it is looked up first',
			{ isUserReference: true, options: skip },
			['r0'],
		],
		['wait for each other in a retry', { isUserReference: true, retry: true }, ['r0']],
		['do not wait if nothing is looked up', { isUserReference: true }, []],
		['do not wait if references are generated', { retry: true, options: skip }, []],
		[
			'wait for each other when a lost message is looked up',
			{ sends: [[lostResponse()]], lost: [[sentAs('m1')]] },
			['look up r0'],
		],
	])('%s', async (_, script, names) => {
		expect(await lockedNames(script)).toEqual(names);
	});
});

describe('a send whose response is lost', () => {
	it.each([1, 2, 3])('is found by look-up %i, which is the last one', async (count) => {
		const lost = [...Array.from({ length: count - 1 }, () => [undefined]), [sentAs('m1')]];
		const { sent, log } = await play({ sends: [[lostResponse()]], lost });
		expect(sent).toEqual([sentAs('m1')]);
		expect(log).toEqual([['send', [0], 0], ...lookups([0], undefined, count)]);
	});

	it('fails if it is not found', async () => {
		const { error, log } = await play({ sends: [lostResponse()] });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			referenceNotFound: true,
			message: 'No response, but the provider does not know its reference "r0"',
		});
		expect((error as Failure).description).toMatch(/^Most likely the message was not accepted/);
		expect(log).toEqual([['send', [0], 0], ...lookups([0])]);
	});

	it('is looked up for each recipient without a result, by its own reference', async () => {
		const { sent, log } = await play({
			references: ['a', '$&', 'c', 'd'],
			sends: [[sentAs('m1'), lostResponse(), rejection(), lostResponse('Gone')]],
			lost: [[undefined, sentAs('m4')]],
		});
		expect(sent).toEqual([sentAs('m1'), expect.any(Failure), rejection(), sentAs('m4')]);
		expect(sent?.[1]).toMatchObject({
			message: 'No response, but the provider does not know its reference "$&"',
			referenceNotFound: true,
		});
		expect(log.slice(1)).toEqual([
			['lost', [1, 3], undefined, 0],
			['lost', [1], undefined, 1_000],
			['lost', [1], undefined, 4_000],
		]);
	});

	it('is one failure if it is lost for all recipients', async () => {
		const { error, sent } = await play({ references: ['a', 'b'], sends: [lostResponse()] });
		expect(sent).toBeUndefined();
		expect(error).toMatchObject({ referenceNotFound: true, kind: 'ambiguous' });
	});

	it('fails with the reason if it cannot be looked up, and is not sent again', async () => {
		const { error, log } = await play({
			sends: [[lostResponse()]],
			lost: [[undefined], new Error('Unavailable')],
			options: { sendAgainIfNotFound: true },
		});
		expect(error).toMatchObject({
			message: 'No response, and looking it up failed: Unavailable',
			referenceNotFound: false,
		});
		expect(log.filter(([what]) => what === 'send')).toHaveLength(1);
	});

	it('is not looked up after the execution was cancelled', async () => {
		const cancel = new AbortController();
		cancel.abort();
		const { error, log } = await play({
			sends: [[lostResponse()]],
			lost: [[undefined]],
			signal: cancel.signal,
		});
		expect((error as Failure).message).toMatch(/looking it up failed: The execution was cancelled/);
		expect(log).toHaveLength(2);
	});

	it.each<[string, Script, number | undefined]>([
		['of the user, only messages after the call count', { isUserReference: true }, 0],
		['of the node, every message counts', { isUserReference: false }, undefined],
		[
			'that no message had before, every message counts',
			{ isUserReference: true, options: { skipIfReferenceExists: true } },
			undefined,
		],
		['in a retry, every message counts', { isUserReference: true, retry: true }, undefined],
	])('with a reference %s', async (_, script, since) => {
		const { log } = await play({
			...script,
			earlier: [undefined],
			sends: [[lostResponse()]],
			lost: [[sentAs('m1')]],
		});
		expect(log.at(-1)).toEqual(['lost', [0], since, 0]);
	});

	it('is not looked up while another item sends under the same reference', async () => {
		const locks = new ReferenceLocks();
		const otherSend = locks.trackInFlight(['r0'], async () => {
			await sleep(700);
		});
		const { log } = await play({ sends: [[lostResponse()]], lost: [[sentAs('m1')]], locks });
		await otherSend;
		expect(log).toEqual([
			['send', [0], 0],
			['lost', [0], undefined, 700],
		]);
	});
});

describe('sending again', () => {
	const again = { options: { sendAgainIfNotFound: true } };

	it('happens once with the option, if nothing is found', async () => {
		const { sent, log } = await play({ ...again, sends: [[lostResponse()], [sentAs('m2')]] });
		expect(sent).toEqual([sentAs('m2')]);
		expect(log).toEqual([['send', [0], 0], ...lookups([0]), ['send', [0], 4_000]]);
	});

	it('does not happen without the option, or if the first message is found', async () => {
		const sendsOf = ({ log }: { log: unknown[][] }) => log.filter(([what]) => what === 'send');
		expect(sendsOf(await play({ sends: [[lostResponse()]] }))).toHaveLength(1);
		const found = { sends: [[lostResponse()]], lost: [[sentAs('m1')]] };
		expect(sendsOf(await play({ ...again, ...found }))).toHaveLength(1);
	});

	it('happens only for recipients whose message is not found', async () => {
		const { sent, log } = await play({
			...again,
			references: ['a', 'b', 'c'],
			sends: [[sentAs('m1'), lostResponse(), rejection()], [sentAs('m2')]],
		});
		expect(sent).toEqual([sentAs('m1'), sentAs('m2'), rejection()]);
		expect(log.at(-1)).toEqual(['send', [1], 4_000]);
	});

	it('fails if the second message is not found either, without a third send', async () => {
		const { error, log } = await play({
			...again,
			sends: [[lostResponse()], [lostResponse('Gone')]],
		});
		expect(error).toMatchObject({
			referenceNotFound: true,
			message: 'Gone, but the provider does not know its reference "r0"',
		});
		expect(log.filter(([what]) => what === 'send')).toHaveLength(2);
	});

	it('keeps the first failure ambiguous if the second send is rejected', async () => {
		const { error } = await play({ ...again, sends: [[lostResponse()], [rejection()]] });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			referenceNotFound: true,
			message:
				'No response, but the provider does not know its reference "r0". Sending again failed: Rejected',
		});
	});

	it('leaves the results of other recipients unchanged if it fails', async () => {
		const { sent } = await play({
			...again,
			references: ['a', 'b', 'c'],
			sends: [[sentAs('m1'), lostResponse('One'), lostResponse('Two')], rejection()],
		});
		expect(sent?.[0]).toEqual(sentAs('m1'));
		expect(sent?.slice(1)).toMatchObject([
			{ message: expect.stringMatching(/^One, .* "b"\. Sending again failed: Rejected$/) },
			{ message: expect.stringMatching(/^Two, .* "c"\. Sending again failed: Rejected$/) },
		]);
	});

	it('throws an error that is not a failure', async () => {
		const broken = new TypeError('broken');
		const { error } = await play({
			...again,
			references: ['a', 'b'],
			sends: [[sentAs('m1'), lostResponse()], broken],
		});
		expect(error).toBe(broken);
	});
});
