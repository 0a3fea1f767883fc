import { startSandbox, type Sandbox } from '../../sandbox';
import type { FaultOrder } from '../../sandbox/faults';
import { call, changeExample, execute, followExample, publishExamples } from './exampleWorkflows';
import { startN8n, type Live, type N8n } from './instance';
import { until } from './until';

const NOTHING_SENT = 'send-through-a-second-provider-when-the-first-sent-nothing';
const NOT_DELIVERED = 'send-through-a-second-provider-when-the-first-did-not-deliver';
const ANNA = '393335550100';
const PACE = { sent: 900, carrier: 100, delivered: 100 };

type End = 'cdyne' | 'wooxy' | 'Anna' | 'cdyne, Anna' | 'wooxy, Anna';

const SEND = { provider: 'cdyne', operation: 'AdvancedSMSsend' };
const WOOXY = { provider: 'wooxy' };
/** Faults of the way there leave nothing behind, faults of the way back a text. */
const before = (fault: FaultOrder): FaultOrder => ({ ...SEND, ...fault, when: 'before' });
const after = (fault: FaultOrder): FaultOrder => ({ ...SEND, ...fault, when: 'after' });
const always = (fault: FaultOrder): FaultOrder => ({ ...fault, times: 'always' });

/** What strikes, and where the recipient's text comes from; `Anna`: she is told about it. */
const CASES: Array<[name: string, end: End, faults: FaultOrder[], outcome?: string]> = [
	['nothing', 'cdyne', []],
	['a late answer', 'cdyne', [before({ kind: 'delay', ms: 400 })]],
	['too many requests, once', 'cdyne', [before({ kind: 'status', status: 429 })]],
	['too many requests, for good', 'wooxy', [always(before({ kind: 'status', status: 429 }))]],
	['a refused number', 'Anna', [], 'rejected'],
	['an opted-out number', 'Anna', [], 'optedOut'],
];

for (const fault of [
	{ kind: 'reset' },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 503 },
	{ kind: 'html' },
	{ kind: 'empty' },
	{ kind: 'hang' },
] as FaultOrder[]) {
	const name = [fault.kind, fault.status].filter(Boolean).join(' ');
	CASES.push([`${name} before`, 'Anna', [before(fault)]]);
	CASES.push([`${name} after`, 'cdyne', [after(fault)]]);
}
for (const fault of [
	{ kind: 'truncate' },
	{ kind: 'truncate', broken: true },
	{ kind: 'contentType', contentType: 'text/html' },
] as FaultOrder[]) {
	const name = [fault.kind, fault.broken && 'broken'].filter(Boolean).join(' ');
	CASES.push([name, 'cdyne', [after(fault)]]);
}
const refusedByCdyne = always(before({ kind: 'status', status: 429 }));
CASES.push(
	[
		'429, and Wooxy out of order',
		'Anna',
		[refusedByCdyne, { ...WOOXY, kind: 'status', status: 500 }],
	],
	[
		'429, and the answer of Wooxy lost',
		'wooxy, Anna',
		[refusedByCdyne, { ...WOOXY, kind: 'reset', when: 'after' }],
	],
	[
		'429, and Wooxy refuses',
		'Anna',
		[refusedByCdyne, always({ ...WOOXY, kind: 'status', status: 429 })],
	],
);

const CDYNE_CANNOT = '+1 757 555 0146';
const RECIPIENTS: Array<[to: string, outcome: string, end: string]> = [
	['+1 757 555 0142', 'delivered', 'cdyne'],
	['+1 757 555 0161', 'undelivered', 'cdyne, wooxy, Anna'],
	[CDYNE_CANNOT, 'undelivered by CDYNE', 'cdyne, wooxy'],
	['+1 757 555 0162', 'rejected', 'Anna'],
	['+1 757 555 0164', 'optedOut', 'Anna'],
	['+1 757 555 0165', 'noReceipt', 'cdyne, Anna'],
];

const numberOf = (index: number) => `1757555${3000 + index}`;

describe('The example workflows with a second provider', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: PACE });
		n8n = await startN8n();
		await publishExamples(n8n, sandbox, [NOTHING_SENT, NOT_DELIVERED]);
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	const texts = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	/** Whether Anna was told about this number. */
	const told = (number: string) =>
		texts(ANNA).some(({ text }) => text.replaceAll(' ', '').includes(number));
	const seen = (number: string) =>
		[...texts(number).map(({ provider }) => provider), ...(told(number) ? ['Anna'] : [])].join(
			', ',
		);

	describe('when the first sent nothing', () => {
		beforeAll(async () => {
			CASES.forEach(([, , faults, outcome], index) => {
				if (outcome) sandbox.numbers.set(numberOf(index), outcome);
				for (const fault of faults) sandbox.faults.add({ ...fault, number: numberOf(index) });
			});
			const live = await followExample(n8n, NOTHING_SENT);
			const all = CASES.map(([name], index) => ({ to: numberOf(index), message: `After ${name}` }));
			// each as an execution of its own, as some take long
			for (const text of all) await call(n8n, 'send-with-failover', { texts: [text] });
			for (let ended = 0; ended < all.length; ended++) {
				const run = await live.next();
				expect(run.error).toBeUndefined();
			}
		});

		it.each(CASES.map(([name, end], index) => ({ name, end, number: numberOf(index) })))(
			'$name: $end',
			({ end, number }) => {
				expect(texts(number).length).toBeLessThanOrEqual(1);
				expect(texts(number).length > 0 || told(number)).toBe(true);
				expect(seen(number)).toBe(end);
			},
		);

		it('a click tries it', async () => {
			const live = await followExample(n8n, NOTHING_SENT);
			const run = await execute(n8n, live);
			expect(run.error).toBeUndefined();
			expect(run.json('It went out').map(({ provider }) => provider)).toEqual(['cdyne', 'cdyne']);
		});

		it('a lost answer, and CDYNE cannot be asked: cdyne, Anna', async () => {
			const number = numberOf(CASES.length);
			sandbox.faults.add({ ...after({ kind: 'reset' }), number });
			const operation = 'GetMessageStatusByReferenceID';
			sandbox.faults.add(always({ kind: 'status', status: 404, provider: 'cdyne', operation }));
			const live = await followExample(n8n, NOTHING_SENT);
			const before = await live.count();
			await call(n8n, 'send-with-failover', { texts: [{ to: number, message: 'Hello' }] });
			for (let run = 0; run <= before; run++) await live.next();
			expect(seen(number)).toBe('cdyne, Anna');
		});
	});

	describe('when the first did not deliver', () => {
		let live: Live;
		beforeAll(async () => {
			sandbox.reset();
			live = await followExample(n8n, NOT_DELIVERED);
			sandbox.numbers.set(CDYNE_CANNOT, 'undelivered');
			sandbox.messages.on('change', ({ provider, status, to }) => {
				if (
					provider === 'cdyne' &&
					status === 'undelivered' &&
					CDYNE_CANNOT.replace(/\D/g, '') === to
				) {
					sandbox.numbers.remove(to);
				}
			});
			// long enough for every word that comes at all
			await changeExample(n8n, live, {
				'Send with CDYNE and wait': {
					options: { limitWaitTime: { values: { resumeAmount: 0.1, resumeUnit: 'minutes' } } },
				},
			});
			await Promise.all(RECIPIENTS.map(async ([to]) => await send(to)));
			await until(async () => (await live.count('success')) === RECIPIENTS.length);
		});
		const send = async (to: string) =>
			await call(n8n, 'deliver-with-failover', { to, message: 'Hello' });

		it.each(RECIPIENTS)('%s, %s: %s', (to, _outcome, end) => {
			const number = to.replace(/\D/g, '');
			expect(seen(number)).toBe(end);
			const mayArrive = texts(number).filter(({ status }) => status !== 'undelivered');
			expect(mayArrive.length).toBeLessThanOrEqual(1);
			expect(mayArrive.length > 0 || told(number)).toBe(true);
		});

		it('a click tries it', async () => {
			const run = await execute(n8n, live);
			expect(run.error).toBeUndefined();
			expect(run.json('Needs a person')).toMatchObject([{ reason: 'No network delivers it' }]);
		});
	});
});
