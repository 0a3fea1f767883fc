import { Failure } from '../../../nodes/shared/errors/failure';
import { redactor } from '../../../nodes/shared/errors/redact';
import { createBatches } from '../../../nodes/shared/http/batcher';
import { Item } from '../../../nodes/shared/input/item';
import { accepted } from '../../../nodes/shared/model/outcome';
import { ItemSends } from '../../../nodes/shared/sending/itemSends';
import { Ledger } from '../../../nodes/shared/sending/ledger';
import { contextWith } from '../../engine/harness/contexts';

/** What an item sends, what the next try recalls of it, and its generated references. */

const redact = redactor(['the-secret-of-an-account']);

interface Run {
	resumeUrl?: unknown;
	run?: number;
	node?: string;
	tool?: boolean;
	index?: number;
	recipients?: string;
	text?: string;
	mode?: string;
	/** n8n calls the tool outside its engine. */
	direct?: boolean;
	store?: object;
}

/** The sends of an item in a try of a run. */
function sendsOf({ run = 0, node = 'n', index = 0, tool, direct, text, ...script }: Run = {}) {
	const { resumeUrl = 'https://n8n.example/7?signature=s', mode = 'trigger', store = {} } = script;
	const parameters = text === undefined ? {} : { text };
	const context = contextWith(parameters, {
		evaluateExpression: () => resumeUrl,
		getWorkflowDataProxy: () => ({ $runIndex: run }),
		getNode: () => ({ id: node, type: tool || direct ? 'cdyneTool' : 'cdyne', parameters }),
		getContext: () => store,
		getMode: () => mode,
		...(direct && { isToolExecution: () => true }),
	});
	const ledger = new Ledger(context, 'p', redact);
	return new ItemSends(new Item(context, index), ledger, createBatches(1));
}

describe('a generated reference', () => {
	const FORM = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/;
	const RANDOM = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
	const referenceOf = (run: Run = {}) =>
		sendsOf(run).generateReference(run.recipients ?? '17575550142');

	it('is the same in a retry, in the form of a UUID', () => {
		expect(referenceOf()).toMatch(FORM);
		expect(referenceOf({ mode: 'retry' })).toBe(referenceOf());
		// a retry by a newer version of this package must find the messages, too
		expect(referenceOf()).toBe('095c449e-bade-82ac-a2b6-2e25b3941971');
	});

	it.each<[string, Run]>([
		['execution', { resumeUrl: 'https://n8n.example/7?signature=t' }],
		['run', { run: 1 }],
		['node', { node: 'm' }],
		['recipient', { recipients: '17575550143' }],
	])('of another %s is another one', (_, run) => {
		expect(referenceOf(run)).toMatch(FORM);
		expect(referenceOf(run)).not.toBe(referenceOf());
	});

	it('does not depend on the position of the item, but each item has its own in all tries', () => {
		const store = {};
		/** The references of items to the same number, in a try of the run. */
		const referencesOf = (...indices: number[]) => {
			const members = {
				evaluateExpression: () => 'https://n8n.example/7?signature=s',
				getNode: () => ({ id: 'n', type: 'cdyne', parameters: {} }),
				getContext: () => store,
			};
			const context = contextWith({}, members);
			const ledger = new Ledger(context, 'p', redact);
			return indices.map((index) =>
				new ItemSends(new Item(context, index), ledger, createBatches(1)).generateReference('1'),
			);
		};
		const references = referencesOf(0, 1, 2);
		expect(new Set(references).size).toBe(3);
		expect(references[0]).toBe(referenceOf({ recipients: '1', index: 5 }));
		// the next try does not send to all
		expect(referencesOf(1, 2)).toEqual(references.slice(1));
	});

	it('does not depend on host and path of the resume URL, which differ between processes', () => {
		expect(referenceOf({ resumeUrl: 'http://other.example/8?signature=s' })).toBe(referenceOf());
	});

	it.each([{ tool: true }, { direct: true }])(
		'depends on the parameters if an agent calls (%j), and not otherwise',
		(call) => {
			expect(referenceOf({ text: 'Ho' })).toBe(referenceOf({ text: 'Hi' }));
			expect(referenceOf({ ...call, text: 'Ho' })).not.toBe(referenceOf({ ...call, text: 'Hi' }));
			expect(referenceOf({ ...call, text: 'Hi' })).toBe(referenceOf({ ...call, text: 'Hi' }));
		},
	);

	it('of a direct call is the same in another run, because each try has its own', () => {
		const call = { direct: true, text: 'Hi' };
		expect(referenceOf({ ...call, run: 1 })).toBe(referenceOf(call));
	});

	it.each<[string, unknown]>([
		['a resume URL without a token', 'https://n8n.example/7'],
		['no resume URL', undefined],
		['an invalid resume URL', 'signature?s'],
	])('is random with %s', (_, resumeUrl) => {
		const sends = sendsOf({ resumeUrl: resumeUrl ?? null });
		expect(sends.generateReference('')).toMatch(RANDOM);
		expect(sends.generateReference('')).not.toBe(sends.generateReference(''));
	});
});

describe('a change', () => {
	const lost = new Failure({
		kind: 'ambiguous',
		message: 'Lost the-secret-of-an-account',
		description: 'Wait',
	});
	const rejection = new Failure({ kind: 'rejected', message: 'No', nothingAccepted: true });

	it('has its outputs, which the next try recalls instead of making it again', async () => {
		const store = {};
		const first = sendsOf({ store });
		expect(first.recall()).toBeUndefined();
		const outputs = await first.change(async () => [
			{ json: { id: 1, of: 'the-secret-of-an-account' }, raw: 2 },
		]);
		expect(outputs).toEqual([{ json: { id: 1, of: '***' }, raw: 2 }]);
		expect([first.nothingSent, first.has('accepted'), first.has('unknown')]).toEqual([
			false,
			true,
			false,
		]);
		const second = sendsOf({ store });
		expect(second.recall()).toEqual([{ json: { id: 1, of: '***', alreadySent: true } }]);
		expect(JSON.stringify(store)).not.toContain('the-secret-of-an-account');
		expect(sendsOf({ store, run: 1 }).recall()).toBeUndefined();
		expect(sendsOf({ store, index: 1 }).recall()).toBeUndefined();
	});

	it('remembers the object that leaves, so that n8n stores it once', async () => {
		const store = {};
		const json = { id: 1 };
		const [output] = await sendsOf({ store }).change(async () => [{ json }]);
		expect(output.json).toBe(json);
		const { smsGateways } = store as { smsGateways: { p: { items: Record<string, unknown> } } };
		const [item] = Object.values(smsGateways.p.items) as Array<{
			intents: Array<{ accepted: unknown[] }>;
		}>;
		expect(item.intents[0].accepted[0]).toBe(json);
	});

	it('without outputs is remembered too', async () => {
		const store = {};
		expect(await sendsOf({ store }).change(async () => [])).toEqual([]);
		expect(sendsOf({ store }).recall()).toEqual([]);
	});

	it('that may have been made fails in the next try too', async () => {
		const store = {};
		const fail = async () => await Promise.reject(lost);
		await expect(sendsOf({ store }).change(fail)).rejects.toMatchObject({ kind: 'ambiguous' });
		const second = sendsOf({ store });
		expect([second.nothingSent, second.has('accepted'), second.has('unknown')]).toEqual([
			false,
			false,
			true,
		]);
		expect(() => second.recall()).toThrow('Lost ***');
	});

	it('that was rejected is made again', async () => {
		const store = {};
		const first = sendsOf({ store });
		await expect(first.change(async () => await Promise.reject(rejection))).rejects.toThrow('No');
		expect(first.nothingSent).toBe(true);
		expect(sendsOf({ store }).recall()).toBeUndefined();
		expect(JSON.stringify(store)).not.toContain('No');
	});

	it('that fails for an unexpected reason may have been made', async () => {
		const broken = async () => await Promise.reject(new TypeError('x'));
		await expect(sendsOf().change(broken)).rejects.toMatchObject({
			kind: 'ambiguous',
			message: 'x. The message may have gone out',
		});
	});
});

describe('direct calls of a tool', () => {
	const call = { direct: true, text: 'Hi' };
	const send = async (sends: ItemSends, hasFailed = false) => {
		const recalled = sends.recall();
		const outputs = recalled ?? (await sends.change(async () => [{ json: { id: 1 } }]));
		sends.close(hasFailed);
		return outputs;
	};

	it('are tries of one call until it ends well', async () => {
		const store = {};
		await send(sendsOf({ ...call, store }), true);
		const [second] = await send(sendsOf({ ...call, store, run: 1 }));
		expect(second.json).toEqual({ id: 1, alreadySent: true });
		const [third] = await send(sendsOf({ ...call, store, run: 2 }));
		expect(third.json).toEqual({ id: 1 });
	});

	it('with the same words at the same time are different ones', async () => {
		const store = {};
		const both = [sendsOf({ ...call, store }), sendsOf({ ...call, store, run: 1 })];
		const results = await Promise.all(both.map(async (sends) => await send(sends)));
		expect(results.flat().map(({ json }) => json)).toEqual([{ id: 1 }, { id: 1 }]);
	});

	it('with other words are different ones', async () => {
		const store = {};
		await send(sendsOf({ ...call, store }), true);
		expect(sendsOf({ ...call, text: 'Ho', store }).recall()).toBeUndefined();
	});
});

describe('whether nothing was sent', () => {
	const send = async (sends: ItemSends) =>
		await sends.send({
			intents: [{ recipient: '1', reference: 'r' }],
			send: async () => [accepted([{ json: { messageId: 'm1' } }])],
		});

	it('is certain only if the ledger sees everything', async () => {
		expect(sendsOf().nothingSent).toBe(true);
		expect(sendsOf({ mode: 'retry' }).nothingSent).toBe(false);
	});

	it('is no longer so after a send', async () => {
		const sends = sendsOf();
		await send(sends);
		expect(sends.nothingSent).toBe(false);
	});
});
