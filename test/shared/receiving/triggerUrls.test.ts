import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import {
	triggerUrlsOf,
	forgetTriggerUrl,
	isTriggerUrlRemembered,
	rememberTriggerUrl,
} from '../../../nodes/shared/receiving/triggerUrls';

/** The URLs that the triggers of a workflow store for its other nodes. */

const URL = 'https://n8n.example/webhook/1';
interface Script {
	store?: IDataObject;
	url?: string;
	activation?: string;
	mode?: string;
}

function createTrigger({
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

it('the URLs are empty at first and kept in the static data', () => {
	const { context, store } = createTrigger();
	const urls = triggerUrlsOf(context);
	expect(urls).toEqual({});
	urls.t = { a: 'A' };
	expect(store).toEqual({ smsTriggers: { t: { a: 'A' } } });
	expect(triggerUrlsOf(context)).toBe(urls);
});

describe('the URL of a trigger', () => {
	it.each<[Script, object]>([
		[{}, { t: { b: URL } }],
		[{ store: { smsTriggers: OTHERS } }, { t: { a: 'A', b: URL }, u: { b: 'U' } }],
		[{ store: { smsTriggers: { t: { b: 'old' } } } }, { t: { b: URL } }],
		[{ store: { smsTriggers: OTHERS }, url: undefined }, OTHERS],
		[{ store: { smsTriggers: OTHERS }, url: '' }, OTHERS],
		...TESTS.map((test): [Script, object] => [{ ...test, store: { smsTriggers: OTHERS } }, OTHERS]),
	])('%#: is stored, unless it is a test URL or missing', (script, stored) => {
		const { context, store } = createTrigger(structuredClone(script));
		rememberTriggerUrl(context);
		expect(store.smsTriggers).toEqual(stored);
	});

	it.each<[Script, boolean]>([
		[{ store: { smsTriggers: { t: { b: URL } } } }, true],
		[{ store: { smsTriggers: { t: { b: 'old' } } } }, false],
		[{ store: { smsTriggers: { t: { a: URL } } } }, false],
		[{ store: { smsTriggers: { u: { b: URL } } } }, false],
		[{}, false],
		...TESTS.map((test): [Script, boolean] => [test, true]),
	])('of %j is remembered: %s', (script, remembered) => {
		const { context } = createTrigger(structuredClone(script));
		expect(isTriggerUrlRemembered(context)).toBe(remembered);
	});

	const ALL = { t: { a: 'A', b: URL }, u: { b: 'U' } };
	it.each<[Script, object]>([
		[{ store: { smsTriggers: ALL } }, OTHERS],
		[{ store: { smsTriggers: OTHERS } }, OTHERS],
		[{ store: { smsTriggers: { u: { b: 'U' } } } }, { u: { b: 'U' } }],
		...TESTS.map((test): [Script, object] => [{ ...test, store: { smsTriggers: ALL } }, ALL]),
	])('%#: is removed without removing that of any other trigger', (script, remaining) => {
		const { context, store } = createTrigger(structuredClone(script));
		forgetTriggerUrl(context);
		expect(store.smsTriggers).toEqual(remaining);
	});
});
