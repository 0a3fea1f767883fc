import { Failure } from '../../../nodes/shared/errors/failure';
import { redactor } from '../../../nodes/shared/errors/redact';
import { accepted, failed, type Outcome, UNTRIED } from '../../../nodes/shared/model/outcome';
import { Ledger } from '../../../nodes/shared/sending/ledger';
import { contextWith, messageWith } from '../../engine/harness/contexts';

/** What the ledger stores with an execution, and what it is asked. */

const SECRET = 'the-secret-of-an-account';
const redact = redactor([SECRET]);

interface Run {
	store?: object;
	members?: object;
	run?: number;
	node?: string;
	provider?: string;
}

function ledgerOf({ store = {}, members = {}, run = 0, node = 'n', provider = 'p' }: Run = {}) {
	const context = contextWith(
		{},
		{
			getContext: () => store,
			getWorkflowDataProxy: () => ({ $runIndex: run }),
			getNode: () => ({ id: node, type: 'cdyne', parameters: {} }),
			...members,
		},
	);
	return new Ledger(context, provider, redact);
}

const sentAs = (messageId: string | null, fields: object = {}): Outcome =>
	accepted([{ json: { ...messageWith({ messageId }), ...fields } }]);
const LOST = failed(
	new Failure({ kind: 'ambiguous', message: 'Lost', code: '7', httpStatus: 502 }),
);
const REFUSED = failed(new Failure({ kind: 'rejected', message: 'No', nothingAccepted: true }));

/** Another copy of what n8n has stored, as a retry in another process reads it. */
const reread = (store: object) => JSON.parse(JSON.stringify(store)) as object;

describe('the ledger of an item', () => {
	it('knows what was accepted, and what may have been, in the order of the records', () => {
		const own = ledgerOf().item(0);
		expect(own).toMatchObject({ outcomes: [], isComplete: false });
		own.record({ recipient: 'a' }, sentAs('m1'));
		own.record({ recipient: 'b' }, LOST);
		expect(own.outcomes).toMatchObject([
			{
				recipient: 'a',
				outcome: { kind: 'accepted', outputs: [{ json: { messageId: 'm1', alreadySent: true } }] },
			},
			{
				recipient: 'b',
				outcome: {
					kind: 'unknown',
					failure: { kind: 'ambiguous', message: 'Lost', code: '7', httpStatus: 502 },
				},
			},
		]);
		expect(own.isComplete).toBe(false);
	});

	it.each([
		['refused', REFUSED],
		['untried', UNTRIED],
	])('has no trace of what is %s', (kind, outcome) => {
		const store = {};
		const ledger = ledgerOf({ store });
		const before = JSON.stringify(store);
		const own = ledger.item(0);
		expect(own.record({ recipient: 'a', reference: 'r' }, outcome).kind).toBe(kind);
		own.close(true);
		expect(JSON.stringify(store)).toBe(before);
		expect(own).toMatchObject({ outcomes: [], isComplete: false });
		expect(ledger.underReference('r')).toEqual([]);
	});

	it('keeps an acceptance after an unknown outcome, and the last statement of the same kind', () => {
		const own = ledgerOf().item(0);
		own.record({ recipient: 'a' }, LOST);
		own.record({ recipient: 'a' }, sentAs('m1'));
		own.record({ recipient: 'a' }, LOST);
		expect(own.outcomes).toMatchObject([{ outcome: { kind: 'accepted' } }]);
		own.record({ recipient: 'a' }, sentAs('m2'));
		expect(own.outcomes).toMatchObject([{ outcome: { outputs: [{ json: { messageId: 'm2' } }] } }]);
	});

	it('does not mark a message as sent that was rejected or may have been', () => {
		const own = ledgerOf().item(0);
		const statuses = ['queued', 'failed', 'unknown', 'delivered'] as const;
		own.record(
			{ recipient: 'a' },
			accepted(statuses.map((status) => ({ json: { ...messageWith({ status }) } }))),
		);
		const [{ outcome }] = own.outcomes;
		const marks =
			outcome.kind === 'accepted' && outcome.outputs.map(({ json }) => json.alreadySent);
		expect(marks).toEqual([true, undefined, undefined, true]);
	});

	it('is open until it is known that everybody has the message, or may have it', () => {
		const store = {};
		const own = ledgerOf({ store }).item(0);
		own.record({ recipient: 'b' }, sentAs('m1'));
		own.record({ recipient: 'a' }, LOST);
		expect(own.isComplete).toBe(false);
		expect(ledgerOf({ store: reread(store) }).item(0).isComplete).toBe(false);
		own.complete(['a', 'b'], true);
		const next = ledgerOf({ store: reread(store) }).item(0);
		expect(next).toMatchObject({ isComplete: true, isGroup: true });
		expect(next.outcomes.map(({ recipient }) => recipient)).toEqual(['a', 'b']);
	});

	it('that has no records stays open', () => {
		const store = {};
		ledgerOf({ store }).item(0).complete(['a']);
		expect(ledgerOf({ store }).item(0)).toMatchObject({ isComplete: false, isGroup: false });
	});

	it.each<[string, Run, number, string | undefined, boolean]>([
		['the next try', {}, 0, undefined, true],
		['another item', {}, 1, undefined, false],
		['another run', { run: 1 }, 0, undefined, false],
		['another node', { node: 'm' }, 0, undefined, false],
		['another provider', { provider: 'q' }, 0, undefined, false],
		['a call of a tool', {}, 0, 'call', false],
	])('is read by %s: %#', (_, run, index, call, expected) => {
		const store = {};
		ledgerOf({ store }).item(0).record({ recipient: 'a' }, sentAs('m1'));
		const isRead = (data: object) =>
			ledgerOf({ ...run, store: data }).item(index, call).outcomes.length === 1;
		expect([isRead(store), isRead(reread(store))]).toEqual([expected, expected]);
	});

	it('is different for each call of a tool', () => {
		const ledger = ledgerOf();
		ledger.item(0, 'one').record({ recipient: 'a' }, sentAs('m1'));
		expect(ledger.item(0, 'one').outcomes).toHaveLength(1);
		expect(ledger.item(0, 'two').outcomes).toEqual([]);
	});
});

describe('what is stored', () => {
	it('has no secrets, and neither has what is returned', () => {
		const store = {};
		const own = ledgerOf({ store }).item(0);
		const returned = [
			own.record({ recipient: 'a' }, sentAs('m1', { url: `https://x/${SECRET}` })),
			own.record(
				{ recipient: 'b' },
				failed(
					new Failure({
						kind: 'ambiguous',
						message: `Got ${SECRET}`,
						description: `See ${SECRET}`,
						code: `Of ${SECRET}`,
					}),
				),
			),
			own.record(
				{ recipient: 'c' },
				failed(new Failure({ kind: 'rejected', message: SECRET, nothingAccepted: true })),
			),
		];
		expect(JSON.stringify(store)).toContain('https://x/***');
		expect(JSON.stringify(store)).not.toContain(SECRET);
		expect(JSON.stringify(returned)).not.toContain(SECRET);
		expect(returned).toMatchObject([
			{ kind: 'accepted' },
			{ failure: { message: 'Got ***', description: 'See ***', code: 'Of ***' } },
			{ failure: { message: '***' } },
		]);
	});

	it('has the message, but not the raw response', () => {
		const store = {};
		const json = { messageId: 'm1' };
		const own = ledgerOf({ store }).item(0);
		const noted = own.record({ recipient: 'a' }, accepted([{ json, raw: { large: 'x' } }]));
		expect(noted).toEqual({ kind: 'accepted', outputs: [{ json, raw: { large: 'x' } }] });
		expect(JSON.stringify(store)).toContain('m1');
		expect(JSON.stringify(store)).not.toContain('large');
	});

	it('has no changes of an output that were made later', () => {
		const own = ledgerOf().item(0);
		own.record({ recipient: 'a' }, sentAs('m1'));
		const [{ outcome }] = own.outcomes;
		if (outcome.kind === 'accepted') outcome.outputs[0].json.messageId = 'changed';
		expect(own.outcomes).toMatchObject([{ outcome: { outputs: [{ json: { messageId: 'm1' } }] } }]);
	});
});

describe('a warning of an item', () => {
	it('is in its outputs and its failures', () => {
		const own = ledgerOf().item(0);
		own.warning = 'Careful.';
		const described = new Failure({ kind: 'ambiguous', message: 'Lost', description: 'Wait.' });
		expect(own.record({ recipient: 'a' }, sentAs('m1'))).toMatchObject({
			outputs: [{ json: { messageId: 'm1', warning: 'Careful.' } }],
		});
		expect(own.record({ recipient: 'b' }, failed(described))).toMatchObject({
			failure: { message: 'Lost', description: 'Wait. Careful.' },
		});
		expect(own.record({ recipient: 'c' }, REFUSED)).toMatchObject({
			failure: { description: 'Careful.' },
		});
		expect(own.record({ recipient: 'd' }, UNTRIED)).toBe(UNTRIED);
		const inParts = failed(described, [{ json: { status: 'unknown' } }]);
		expect(own.record({ recipient: 'e' }, inParts)).toMatchObject({
			outputs: [{ json: { status: 'unknown', warning: 'Careful.' } }],
		});
	});

	it('is in a failure once', () => {
		const own = ledgerOf().item(0);
		own.warning = 'Careful.';
		const once = own.record({ recipient: 'a' }, LOST);
		expect(own.record({ recipient: 'a' }, once)).toMatchObject({
			failure: { description: 'Careful.' },
		});
	});
});

describe('the messages of an execution', () => {
	it('are claimed by their ID, whoever sent them', () => {
		const store = {};
		const ledger = ledgerOf({ store });
		expect(ledger.hasMessage('m1')).toBe(false);
		ledger
			.item(0)
			.record(
				{ recipient: 'a' },
				accepted(['m1', 'm2'].map((messageId) => ({ json: { messageId } }))),
			);
		ledger.item(1).record({ recipient: 'a' }, sentAs(null));
		for (const asked of [
			ledger,
			ledgerOf({ store, node: 'm', run: 3 }),
			ledgerOf({ store: reread(store) }),
		]) {
			expect(['m1', 'm2', 'm3', 'null'].map((id) => asked.hasMessage(id))).toEqual([
				true,
				true,
				false,
				false,
			]);
		}
		// IDs of another provider are others
		expect(ledgerOf({ store, provider: 'q' }).hasMessage('m1')).toBe(false);
	});

	it('are found by their reference', () => {
		const store = {};
		const ledger = ledgerOf({ store });
		ledger.item(0).record({ recipient: 'a', reference: 'r' }, sentAs('m1'));
		ledger.item(1).record({ recipient: 'b', reference: 'r' }, LOST);
		ledger.item(2).record({ recipient: 'c', reference: 's' }, sentAs('m2'));
		ledger.item(3).record({ recipient: 'd' }, sentAs('m3'));
		for (const asked of [ledger, ledgerOf({ store, run: 1 }), ledgerOf({ store: reread(store) })]) {
			expect(asked.underReference('r')).toMatchObject([
				{ recipient: 'a', outcome: { kind: 'accepted' } },
				{ recipient: 'b', outcome: { kind: 'unknown' } },
			]);
			expect(asked.underReference('s')).toHaveLength(1);
			expect(asked.underReference('t')).toEqual([]);
		}
	});

	it('are under a reference once, with what is known last', () => {
		const ledger = ledgerOf();
		const own = ledger.item(0);
		own.record({ recipient: 'a', reference: 'r' }, LOST);
		own.record({ recipient: 'a', reference: 'r' }, sentAs('m1'));
		expect(ledger.underReference('r')).toMatchObject([{ outcome: { kind: 'accepted' } }]);
	});
});

describe('whether the ledger sees everything', () => {
	const retry = { members: { getMode: () => 'retry' } };
	const inRetry = { members: { additionalData: { rootExecutionMode: 'retry' } } };

	it.each<[string, string | undefined, Run]>([
		['an execution', undefined, {}],
		['a retry', 'self', retry],
		['a sub-workflow of a retry', 'parent', inRetry],
	])('%s repeats %s', (_, repeats, run) => {
		const ledger = ledgerOf(run);
		expect(ledger.repeats).toBe(repeats);
		expect(ledger.item(0).seesAll).toBe(repeats === undefined);
		expect(ledger.nothingSent(0, false)).toBe(repeats === undefined);
	});

	it('it does not in the next try if the data of the first one are gone', () => {
		const execution = { resultData: { runData: {} } };
		const play = (store: object) =>
			ledgerOf({ store, members: { runExecutionData: execution } }).repeats;
		const store = {};
		expect([play(store), play(store)]).toEqual([undefined, undefined]);
		expect(play({})).toBe('self');
	});

	it('it tells whether nothing of an item was sent', () => {
		const store = {};
		const ledger = ledgerOf({ store });
		ledger.item(0).record({ recipient: 'a' }, LOST);
		expect([0, 1].map((index) => ledger.nothingSent(index, false))).toEqual([false, true]);
		// the calls of a tool cannot be told apart
		expect(ledger.nothingSent(1, true)).toBe(false);
		expect(ledgerOf().nothingSent(0, true)).toBe(true);
	});
});

describe('a direct call of a tool', () => {
	/** Makes a call, which has its own run. @returns whether it has to send, and how to end it */
	function calls() {
		const store = {};
		let run = 0;
		return (words: string, outcome: Outcome = sentAs(`m${run}`)) => {
			const own = ledgerOf({ store, run: run++ }).directCall(words);
			const isNew = !own.isComplete;
			if (isNew && own.record({ recipient: 'a' }, outcome).kind !== 'refused') own.complete(['a']);
			return { isNew, own, end: (hasFailed: boolean) => own.close(hasFailed) };
		};
	}

	it('is a new one after the same call ended well', () => {
		const call = calls();
		const first = call('Hi');
		first.end(false);
		const second = call('Hi');
		expect([first.isNew, second.isNew]).toEqual([true, true]);
		expect(second.own.key).not.toBe(first.own.key);
	});

	it('is the same one after an error', () => {
		const call = calls();
		const first = call('Hi', LOST);
		first.end(true);
		const second = call('Hi');
		expect([first.isNew, second.isNew]).toEqual([true, false]);
		expect(second.own.key).toBe(first.own.key);
		expect(second.own.outcomes).toMatchObject([{ outcome: { kind: 'unknown' } }]);
		// the next one is new once this one has ended well
		second.end(false);
		expect(call('Hi').isNew).toBe(true);
	});

	it('is the same one after an error that followed a send', () => {
		const call = calls();
		call('Hi').end(true);
		expect(call('Hi').isNew).toBe(false);
	});

	it('is the same one after a refusal, of which there is no trace', () => {
		const call = calls();
		const first = call('Hi', REFUSED);
		first.end(true);
		const second = call('Hi');
		expect(second.isNew).toBe(true);
		expect(second.own.key).toBe(first.own.key);
	});

	it('is a new one while the same call is in progress', () => {
		const call = calls();
		const [first, second] = [call('Hi'), call('Hi')];
		expect(second.isNew).toBe(true);
		expect(second.own.key).not.toBe(first.own.key);
	});

	it('with other words is another one', () => {
		const call = calls();
		call('Hi', LOST).end(true);
		expect(call('Ho').isNew).toBe(true);
	});

	it('of another node is another one', () => {
		const store = {};
		const first = ledgerOf({ store }).directCall('Hi');
		first.record({ recipient: 'a' }, LOST);
		first.close(true);
		expect(ledgerOf({ store, node: 'm' }).directCall('Hi').outcomes).toEqual([]);
	});

	it('that ended well is the same one in a retry, and then a new one', () => {
		const store = {};
		const first = ledgerOf({ store }).directCall('Hi');
		first.record({ recipient: 'a' }, sentAs('m1'));
		first.complete(['a']);
		first.close(false);
		const retry = { store: reread(store), members: { getMode: () => 'retry' } };
		const second = ledgerOf(retry).directCall('Hi');
		expect(second).toMatchObject({ key: first.key, isComplete: true });
		second.close(false);
		expect(ledgerOf(retry).directCall('Hi').isComplete).toBe(false);
	});
});
