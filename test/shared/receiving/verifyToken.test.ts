import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { verifyByToken } from '../../../nodes/shared/receiving/verifyToken';

/** Verification by token: which requests are accepted, and how often the credential is read. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const GOOD = 'a-token-of-16-and-more';
const NEW = 'the-token-after-that-one';

/** A trigger whose credential has a token, which can change, and counts how often it is read. */
function createTrigger(
	token: unknown,
	{ credentialStore = {} as object | null, id = 'node-1', hasCredential = true } = {},
) {
	const state = { token, reads: 0 };
	const context = {
		getNode: () => ({
			id,
			name: 'Trigger',
			credentials: hasCredential ? { cdyneApi: { id: 'c1', name: 'Mine' } } : undefined,
		}),
		getWorkflow: () => ({ id: 'w1' }),
		getCredentials: async () => {
			state.reads++;
			return { postbackToken: state.token };
		},
		...(credentialStore && { additionalData: { credentialsHelper: credentialStore } }),
	};
	const verify = async (received?: unknown) =>
		await verifyByToken('cdyneApi').secretsOf({
			...context,
			getQueryData: () => ({ token: received }),
		} as unknown as IWebhookFunctions);
	return { state, verify };
}

describe('a request', () => {
	it.each<[string, unknown, unknown, string[] | undefined]>([
		['the token', GOOD, GOOD, [GOOD]],
		['the first of two', `${GOOD},${NEW}`, GOOD, [GOOD, NEW]],
		['the second of two', `${GOOD},${NEW}`, NEW, [GOOD, NEW]],
		['another token', GOOD, NEW, undefined],
		['a part of the token', GOOD, GOOD.slice(0, -1), undefined],
		['no token', GOOD, undefined, undefined],
		['the token twice', GOOD, [GOOD, GOOD], undefined],
		['any token, if the credential has none', '', 'anything', []],
		['no token, if the credential has none', undefined, undefined, []],
	])('with %s', async (_, token, received, secrets) => {
		expect(await createTrigger(token).verify(received)).toEqual(secrets);
	});

	it('is accepted if the trigger has no credential, which is not read then', async () => {
		const { state, verify } = createTrigger(GOOD, { hasCredential: false });
		expect(await verify('anything')).toEqual([]);
		expect(state.reads).toBe(0);
	});
});

describe('the credential is read', () => {
	it.each<[string, string, number, number]>([
		['not again within five seconds', GOOD, 4_999, 1],
		['again after five seconds', GOOD, 5_000, 2],
		['not again within five seconds if it has no token', '', 4_999, 1],
		['again after five seconds if it has no token', '', 5_000, 2],
	])('%s', async (_, token, later, reads) => {
		const { state, verify } = createTrigger(token);
		await verify(GOOD);
		jest.setSystemTime(START + later);
		await verify(GOOD);
		expect(state.reads).toBe(reads);
	});

	it('soon enough that a token which was revoked is rejected after five seconds', async () => {
		const { state, verify } = createTrigger(GOOD);
		await verify(GOOD);
		state.token = NEW;
		jest.setSystemTime(START + 5_000);
		expect(await verify(GOOD)).toBeUndefined();
	});

	it('for each request if n8n does not show its credential store', async () => {
		const { state, verify } = createTrigger(GOOD, { credentialStore: null });
		expect(await verify(GOOD)).toEqual([GOOD]);
		await verify(GOOD);
		await verify(NEW);
		expect(state.reads).toBe(3);
	});

	it('for a token that is not cached, and the new tokens are cached then', async () => {
		const { state, verify } = createTrigger(GOOD);
		await verify(GOOD);
		state.token = NEW;
		expect(await verify(NEW)).toEqual([NEW]);
		expect(await verify(NEW)).toEqual([NEW]);
		expect(state.reads).toBe(2);
	});

	it('for at most five wrong tokens within five seconds', async () => {
		const { state, verify } = createTrigger(GOOD);
		await verify(GOOD);
		for (let second = 0; second < 5; second++) {
			jest.setSystemTime(START + second * 1_000);
			expect(await verify('wrong')).toBeUndefined();
			expect(state.reads).toBe(2 + second);
		}
		for (let count = 0; count < 3; count++) expect(await verify('wrong')).toBeUndefined();
		expect(state.reads).toBe(6);
		jest.setSystemTime(START + 4_999);
		await verify('wrong');
		expect(state.reads).toBe(6);
		// only the first of the five is five seconds old
		jest.setSystemTime(START + 5_000);
		await verify('wrong');
		await verify('wrong');
		expect(state.reads).toBe(7);
	});

	it('once for each trigger and each store, and the least recently used are evicted', async () => {
		const credentialStore = {};
		const first = createTrigger(GOOD, { credentialStore, id: 'first' });
		const second = createTrigger(GOOD, { credentialStore, id: 'second' });
		await first.verify(GOOD);
		await second.verify(GOOD);
		expect(await createTrigger(NEW, { id: 'first' }).verify(NEW)).toEqual([NEW]);
		for (let count = 0; count < 998; count++) {
			await createTrigger(GOOD, { credentialStore, id: `another ${count}` }).verify(GOOD);
		}
		// read again, so it is the most recently used
		jest.setSystemTime(START + 1_000);
		await first.verify('wrong');
		await createTrigger(GOOD, { credentialStore, id: 'one more' }).verify(GOOD);
		await first.verify(GOOD);
		expect(first.state.reads).toBe(2);
		await second.verify(GOOD);
		expect(second.state.reads).toBe(2);
	});

	it('no more often than that for each of many triggers that receive wrong tokens', async () => {
		const credentialStore = {};
		const triggers = Array.from({ length: 1_000 }, (_, index) =>
			createTrigger(GOOD, { credentialStore, id: `trigger ${index}` }),
		);
		const postToAll = async () => {
			for (const { verify } of triggers) await verify('wrong');
		};
		// the first read, five more for wrong tokens, and none for the sixth wrong token
		for (let count = 0; count < 7; count++) await postToAll();
		expect(triggers.map(({ state }) => state.reads)).toEqual(triggers.map(() => 6));
	});
});

describe('publishing the workflow', () => {
	interface Publishing {
		mode?: string;
		hasCredential?: boolean;
		otherCredentials?: object;
	}

	async function publish(
		token: unknown,
		{ mode = 'trigger', hasCredential = true, otherCredentials }: Publishing = {},
	) {
		const warn = jest.fn();
		let reads = 0;
		await verifyByToken('cdyneApi').warn({
			getNode: () => ({
				name: 'Trigger',
				credentials: hasCredential ? { cdyneApi: { id: 'c1' } } : otherCredentials,
			}),
			getActivationMode: () => mode,
			getMode: () => 'trigger',
			getCredentials: async () => {
				reads++;
				return { postbackToken: token };
			},
			logger: { warn },
		} as unknown as IHookFunctions);
		const warnings = warn.mock.calls.map(([message]) => String(message));
		return { warnings, reads };
	}

	it('warns if the credential has no token', async () => {
		const { warnings } = await publish('');
		expect(warnings).toEqual([
			expect.stringMatching(/^The trigger "Trigger" has no postback token/),
		]);
	});

	it.each<[string, unknown, Publishing, number, number]>([
		['has a token', GOOD, {}, 0, 1],
		['has no token', '', {}, 1, 1],
		['has no credential', GOOD, { hasCredential: false }, 1, 0],
		['has another credential', GOOD, { hasCredential: false, otherCredentials: {} }, 1, 0],
		['is only tested', '', { mode: 'manual' }, 0, 0],
	])('of a trigger that %s', async (_, token, publishing, count, reads) => {
		const result = await publish(token, publishing);
		expect(result.warnings).toHaveLength(count);
		expect(result.reads).toBe(reads);
	});
});
