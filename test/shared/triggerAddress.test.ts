import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import {
	addressesOf,
	forgetAddress,
	isRemembered,
	rememberAddress,
} from '../../nodes/shared/triggerAddress';

/** The addresses that the triggers of a workflow leave for its other nodes. */

const URL = 'https://n8n.example/webhook/1';
interface Script {
	store?: IDataObject;
	url?: string;
	activation?: string;
	mode?: string;
}

function trigger({
	store = {},
	activation = 'activate',
	mode = 'trigger',
	...script
}: Script = {}) {
	const url = 'url' in script ? script.url : URL;
	const context = {
		getNode: () => ({ id: 'b', type: 't' }),
		getNodeWebhookUrl: () => url,
		getWorkflowStaticData: () => store,
		getActivationMode: () => activation,
		getMode: () => mode,
	} as unknown as IHookFunctions;
	return { context, store };
}

const OTHERS = { t: { a: 'A' }, u: { b: 'U' } };
const TESTS: Script[] = [{ activation: 'manual' }, { mode: 'manual' }];

it('there are none at first, and they are stored', () => {
	const { context, store } = trigger();
	const addresses = addressesOf(context);
	expect(addresses).toEqual({});
	addresses.t = { a: 'A' };
	expect(store).toEqual({ smsTriggers: { t: { a: 'A' } } });
	expect(addressesOf(context)).toBe(addresses);
});

describe('an address', () => {
	it.each<[Script, object]>([
		[{}, { t: { b: URL } }],
		[{ store: { smsTriggers: OTHERS } }, { t: { a: 'A', b: URL }, u: { b: 'U' } }],
		[{ store: { smsTriggers: { t: { b: 'old' } } } }, { t: { b: URL } }],
		[{ store: { smsTriggers: OTHERS }, url: undefined }, OTHERS],
		[{ store: { smsTriggers: OTHERS }, url: '' }, OTHERS],
		...TESTS.map((test): [Script, object] => [{ ...test, store: { smsTriggers: OTHERS } }, OTHERS]),
	])('of %j is left', (script, left) => {
		const { context, store } = trigger(structuredClone(script));
		rememberAddress(context);
		expect(store.smsTriggers).toEqual(left);
	});

	it.each<[Script, boolean]>([
		[{ store: { smsTriggers: { t: { b: URL } } } }, true],
		[{ store: { smsTriggers: { t: { b: 'old' } } } }, false],
		[{ store: { smsTriggers: { t: { a: URL } } } }, false],
		[{ store: { smsTriggers: { u: { b: URL } } } }, false],
		[{}, false],
		...TESTS.map((test): [Script, boolean] => [test, true]),
	])('of %j is the one that is kept: %s', (script, is) => {
		expect(isRemembered(trigger(structuredClone(script)).context)).toBe(is);
	});

	const ALL = { t: { a: 'A', b: URL }, u: { b: 'U' } };
	it.each<[Script, object]>([
		[{ store: { smsTriggers: ALL } }, OTHERS],
		[{ store: { smsTriggers: OTHERS } }, OTHERS],
		[{ store: { smsTriggers: { u: { b: 'U' } } } }, { u: { b: 'U' } }],
		...TESTS.map((test): [Script, object] => [{ ...test, store: { smsTriggers: ALL } }, ALL]),
	])('of %j is forgotten, that of no other', (script, left) => {
		const { context, store } = trigger(structuredClone(script));
		forgetAddress(context);
		expect(store.smsTriggers).toEqual(left);
	});
});
