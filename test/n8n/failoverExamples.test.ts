import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { FaultOrder } from '../../sandbox/faults';
import { until } from '../engine/harness/until';
import { call, changeExample, execute, followExample, publishExamples } from './exampleWorkflows';
import { startN8n } from './instance';
import type { Live, N8n } from './instance';

const NOTHING_SENT = 'send-through-a-second-provider-when-the-first-sent-nothing';
const NOT_DELIVERED = 'send-through-a-second-provider-when-the-first-did-not-deliver';
const ANNA = '393335550100';
const PACE = { sent: 900, carrier: 100, delivered: 100 };

type End = 'cdyne' | 'wooxy' | 'Anna' | 'cdyne, Anna' | 'wooxy, Anna';

const SEND = { provider: 'cdyne', operation: 'AdvancedSMSsend' };
const WOOXY = { provider: 'wooxy' };
/** After a fault `before` there is no message, after a fault `after` there is one. */
const before = (fault: FaultOrder): FaultOrder => ({ ...SEND, ...fault, when: 'before' });
const after = (fault: FaultOrder): FaultOrder => ({ ...SEND, ...fault, when: 'after' });
const always = (fault: FaultOrder): FaultOrder => ({ ...fault, times: 'always' });

/** Faults, and the provider of the recipient's message. `Anna`: she is notified about the recipient. */
const CASES: Array<[name: string, end: End, faults: FaultOrder[], outcome?: string]> = [
	['no fault', 'cdyne', []],
	['a late response', 'cdyne', [before({ kind: 'delay', ms: 400 })]],
	['too many requests, once', 'cdyne', [before({ kind: 'status', status: 429 })]],
	['too many requests, always', 'wooxy', [always(before({ kind: 'status', status: 429 }))]],
	['a rejected number', 'Anna', [], 'rejected'],
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
const rejectedByCdyne = always(before({ kind: 'status', status: 429 }));
CASES.push(
	[
		'429, and Wooxy unavailable',
		'Anna',
		[rejectedByCdyne, { ...WOOXY, kind: 'status', status: 500 }],
	],
	[
		'429, and the response of Wooxy lost',
		'wooxy, Anna',
		[rejectedByCdyne, { ...WOOXY, kind: 'reset', when: 'after' }],
	],
	[
		'429, and Wooxy rejects',
		'Anna',
		[rejectedByCdyne, always({ ...WOOXY, kind: 'status', status: 429 })],
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
	/** Whether Anna was notified about this number. */
	const isReported = (number: string) =>
		texts(ANNA).some(({ text }) => text.replaceAll(' ', '').includes(number));
	const result = (number: string) =>
		[
			...texts(number).map(({ provider }) => provider),
			...(isReported(number) ? ['Anna'] : []),
		].join(', ');

	describe('when the first sent nothing', () => {
		beforeAll(async () => {
			CASES.forEach(([, , faults, outcome], index) => {
				if (outcome) sandbox.numbers.set(numberOf(index), outcome);
				for (const fault of faults) sandbox.faults.add({ ...fault, number: numberOf(index) });
			});
			const live = await followExample(n8n, NOTHING_SENT);
			const requests = CASES.map(([name], index) => ({
				to: numberOf(index),
				message: `After ${name}`,
			}));
			// a separate execution for each, because some take long
			for (const text of requests) await call(n8n, 'send-with-failover', { texts: [text] });
			for (let ended = 0; ended < requests.length; ended++) {
				const run = await live.next();
				expect(run.error).toBeUndefined();
			}
		});

		it.each(CASES.map(([name, end], index) => ({ name, end, number: numberOf(index) })))(
			'$name: $end',
			({ end, number }) => {
				expect(texts(number).length).toBeLessThanOrEqual(1);
				expect(texts(number).length > 0 || isReported(number)).toBe(true);
				expect(result(number)).toBe(end);
			},
		);

		it('can be tried with a click', async () => {
			const live = await followExample(n8n, NOTHING_SENT);
			const run = await execute(n8n, live);
			expect(run.error).toBeUndefined();
			expect(run.json('Sent').map(({ provider }) => provider)).toEqual(['cdyne', 'cdyne']);
		});

		it('a lost response, and a failed look-up: cdyne, Anna', async () => {
			const number = numberOf(CASES.length);
			sandbox.faults.add({ ...after({ kind: 'reset' }), number });
			const operation = 'GetMessageStatusByReferenceID';
			sandbox.faults.add(always({ kind: 'status', status: 404, provider: 'cdyne', operation }));
			const live = await followExample(n8n, NOTHING_SENT);
			const before = await live.count();
			await call(n8n, 'send-with-failover', { texts: [{ to: number, message: 'Hello' }] });
			for (let run = 0; run <= before; run++) await live.next();
			expect(result(number)).toBe('cdyne, Anna');
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
			// long enough for every receipt that is sent
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
			expect(result(number)).toBe(end);
			const mayArrive = texts(number).filter(({ status }) => status !== 'undelivered');
			expect(mayArrive.length).toBeLessThanOrEqual(1);
			expect(mayArrive.length > 0 || isReported(number)).toBe(true);
		});

		it('can be tried with a click', async () => {
			const run = await execute(n8n, live);
			expect(run.error).toBeUndefined();
			expect(run.json('Needs a person')).toMatchObject([{ reason: 'No network delivers it' }]);
		});
	});
});
