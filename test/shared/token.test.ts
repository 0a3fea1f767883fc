import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { byToken } from '../../nodes/shared/token';

/** The postback tokens of a trigger: who may post, and how often a credential is read for it. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const GOOD = 'a-token-of-16-and-more';
const NEXT = 'the-token-that-comes-next';

/** A trigger whose credential has a token, which may change, and how often it was read. */
function trigger(
	token: unknown,
	{ host = {} as object | null, id = 'node-1', chosen = true } = {},
) {
	const state = { token, reads: 0 };
	const context = {
		getNode: () => ({
			id,
			name: 'Trigger',
			credentials: chosen ? { cdyneApi: { id: 'c1', name: 'Mine' } } : undefined,
		}),
		getWorkflow: () => ({ id: 'w1' }),
		getCredentials: async () => {
			state.reads++;
			return { postbackToken: state.token };
		},
		...(host && { additionalData: { credentialsHelper: host } }),
	};
	const ask = async (given?: unknown) =>
		await byToken('cdyneApi').secretsOf({
			...context,
			getQueryData: () => ({ token: given }),
		} as unknown as IWebhookFunctions);
	return { state, ask };
}

describe('a request', () => {
	it.each<[string, unknown, unknown, string[] | undefined]>([
		['the token', GOOD, GOOD, [GOOD]],
		['the first of two', `${GOOD},${NEXT}`, GOOD, [GOOD, NEXT]],
		['the second of two', `${GOOD},${NEXT}`, NEXT, [GOOD, NEXT]],
		['another one', GOOD, NEXT, undefined],
		['a part of it', GOOD, GOOD.slice(0, -1), undefined],
		['no token', GOOD, undefined, undefined],
		['the token twice', GOOD, [GOOD, GOOD], undefined],
		['any, where there is none', '', 'anything', []],
		['none, where there is none', undefined, undefined, []],
	])('with %s', async (_, token, given, secrets) => {
		expect(await trigger(token).ask(given)).toEqual(secrets);
	});

	it('passes where the trigger has no credential, which is not read then', async () => {
		const { state, ask } = trigger(GOOD, { chosen: false });
		expect(await ask('anything')).toEqual([]);
		expect(state.reads).toBe(0);
	});
});

describe('the credential is read', () => {
	it.each<[string, string, number, number]>([
		['not again within a minute', GOOD, 59_999, 1],
		['again after a minute', GOOD, 60_000, 2],
		['not again within five seconds where it has no token', '', 4_999, 1],
		['again after five seconds where it has no token', '', 5_000, 2],
	])('%s', async (_, token, later, reads) => {
		const { state, ask } = trigger(token);
		await ask(GOOD);
		jest.setSystemTime(START + later);
		await ask(GOOD);
		expect(state.reads).toBe(reads);
	});

	it('for each request where the host does not show its store', async () => {
		const { state, ask } = trigger(GOOD, { host: null });
		expect(await ask(GOOD)).toEqual([GOOD]);
		await ask(GOOD);
		await ask(NEXT);
		expect(state.reads).toBe(3);
	});

	it('for a token that is not among the kept ones, which are the new ones then', async () => {
		const { state, ask } = trigger(GOOD);
		await ask(GOOD);
		state.token = NEXT;
		expect(await ask(NEXT)).toEqual([NEXT]);
		expect(await ask(NEXT)).toEqual([NEXT]);
		expect(state.reads).toBe(2);
	});

	it('for five wrong tokens within five seconds, and for no more', async () => {
		const { state, ask } = trigger(GOOD);
		await ask(GOOD);
		for (let second = 0; second < 5; second++) {
			jest.setSystemTime(START + second * 1_000);
			expect(await ask('wrong')).toBeUndefined();
			expect(state.reads).toBe(2 + second);
		}
		for (let count = 0; count < 3; count++) expect(await ask('wrong')).toBeUndefined();
		expect(state.reads).toBe(6);
		jest.setSystemTime(START + 4_999);
		await ask('wrong');
		expect(state.reads).toBe(6);
		// the first of the five is five seconds old, the others are not
		jest.setSystemTime(START + 5_000);
		await ask('wrong');
		await ask('wrong');
		expect(state.reads).toBe(7);
	});

	it('once for each trigger and each store, those read longest ago being forgotten', async () => {
		const host = {};
		const first = trigger(GOOD, { host, id: 'first' });
		const second = trigger(GOOD, { host, id: 'second' });
		await first.ask(GOOD);
		await second.ask(GOOD);
		expect(await trigger(NEXT, { id: 'first' }).ask(NEXT)).toEqual([NEXT]);
		for (let count = 0; count < 998; count++) {
			await trigger(GOOD, { host, id: `another ${count}` }).ask(GOOD);
		}
		// read anew, so that it is the latest
		jest.setSystemTime(START + 1_000);
		await first.ask('wrong');
		await trigger(GOOD, { host, id: 'one more' }).ask(GOOD);
		await first.ask(GOOD);
		expect(first.state.reads).toBe(2);
		await second.ask(GOOD);
		expect(second.state.reads).toBe(2);
	});

	it('no more often for each of many triggers that are posted to with wrong tokens', async () => {
		const host = {};
		const all = Array.from({ length: 1_000 }, (_, index) =>
			trigger(GOOD, { host, id: `forged ${index}` }),
		);
		const tryAll = async () => {
			for (const { ask } of all) await ask('wrong');
		};
		// read, then six times wrong: the sixth is not taken
		for (let count = 0; count < 7; count++) await tryAll();
		expect(all.map(({ state }) => state.reads)).toEqual(all.map(() => 6));
	});
});

describe('publishing the workflow', () => {
	interface Publishing {
		mode?: string;
		chosen?: boolean;
		others?: object;
	}

	async function warned(
		token: unknown,
		{ mode = 'trigger', chosen = true, others }: Publishing = {},
	) {
		const warn = jest.fn();
		let reads = 0;
		await byToken('cdyneApi').warn({
			getNode: () => ({
				name: 'Trigger',
				credentials: chosen ? { cdyneApi: { id: 'c1' } } : others,
			}),
			getActivationMode: () => mode,
			getMode: () => 'trigger',
			getCredentials: async () => {
				reads++;
				return { postbackToken: token };
			},
			logger: { warn },
		} as unknown as IHookFunctions);
		return { times: warn.mock.calls.length, words: String(warn.mock.calls[0]?.[0]), reads };
	}

	it('warns of a trigger to which everyone can post', async () => {
		const { times, words } = await warned('');
		expect(times).toBe(1);
		expect(words).toMatch(/^The trigger "Trigger" has no postback token/);
	});

	it.each<[string, unknown, Publishing, number, number]>([
		['has a token', GOOD, {}, 0, 1],
		['has none', '', {}, 1, 1],
		['has no credential', GOOD, { chosen: false }, 1, 0],
		['has another credential', GOOD, { chosen: false, others: {} }, 1, 0],
		['is only tested', '', { mode: 'manual' }, 0, 0],
	])('one that %s', async (_, token, how, times, reads) => {
		expect(await warned(token, how)).toMatchObject({ times, reads });
	});
});
