import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { SUSPENDED } from '../../sandbox/cdyne/settings';
import { DISABLED_TOKEN, MISMATCHED_TOKEN } from '../../sandbox/wooxy/settings';
import type { RunResult } from './engine';
import {
	inputOf,
	OPERATIONS,
	prepare,
	PROVIDER_NAMES,
	PROVIDERS,
	runProvider,
	titleOf,
} from './operations';
import type { OperationRow, ProviderName } from './operations';
import type { BadRow } from './operations/badInput';

/** Provider x operation x bad input: a good item, a bad one, and another good one. */
interface BadInput extends BadRow {
	provider: ProviderName;
}

const BAD_INPUTS: BadInput[] = PROVIDER_NAMES.flatMap((provider) =>
	PROVIDERS[provider].badInputs.map((row) => ({ provider, ...row })),
);

/** Operations whose good item would be a bad one the second time. */
const ONCE = new Set(['message.cancel', 'keyword.remove', 'subscriber.unsubscribe']);

/** Parameters with an expression for each value, since that is what differs from item to item. */
function fromItem(bad: INodeParameters): INodeParameters {
	const expressions = (value: unknown, path: string): unknown => {
		if (value === null || typeof value !== 'object') return `={{ ${path} }}`;
		if (Array.isArray(value))
			return value.map((one, index) => expressions(one, `${path}[${index}]`));
		const members = Object.entries(value);
		return Object.fromEntries(
			members.map(([name, one]) => [name, expressions(one, `${path}?.${name}`)]),
		);
	};
	return expressions(bad, '$json') as INodeParameters;
}

const goOn = { onError: 'continueRegularOutput' as const };
const pace = { sent: 20, carrier: 20, delivered: 20 };

const rowOf = ({ provider, row }: Pick<BadInput, 'provider' | 'row'>): OperationRow => {
	const found = OPERATIONS.find((one) => one.provider === provider && one.name === row);
	if (!found) throw new Error(`There is no row ${provider} ${row}`);
	return found;
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace });
});
afterAll(async () => await sandbox.close());

const titled = BAD_INPUTS.map((one) => [titleOf(rowOf(one)), one.what, one] as const);

describe.each(titled)('%s with %s', (_title, _what, badInput) => {
	const { provider, bad, error, output = [] } = badInput;
	const row = rowOf(badInput);
	let result: RunResult;
	let requests: number;
	let texted: string[];
	beforeAll(async () => {
		if (badInput.settings) sandbox.configure(provider, badInput.settings);
		const good = await prepare(row, sandbox);
		sandbox.requests.clear();
		const before = sandbox.messages.list({ direction: 'out' }).length;
		const given = { options: {}, ...good };
		const others = ONCE.has(row.name) ? [] : [given];
		result = await runProvider(
			provider,
			sandbox,
			{ ...good, ...fromItem(bad) },
			{ settings: goOn, items: [given, { ...given, ...bad }, ...others] as IDataObject[] },
		);
		requests = sandbox.requests.list({ provider }).length;
		const sent = sandbox.messages.list({ direction: 'out' }).slice(before);
		texted = sent.map(({ handset }) => handset).sort();
	});
	afterAll(() => sandbox.reset());

	const ofItem = (index: number) =>
		result.items
			.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index)
			.map(({ json }) => json);

	if (error !== undefined) {
		it('is one error of its own item that says what is wrong', () => {
			expect(ofItem(1)).toEqual([
				{ error: expect.stringContaining(error), details: expect.any(Object) },
			]);
			expect(ofItem(1)[0].details).toMatchObject({ nothingSent: true });
			expect(ofItem(1)[0].error).toMatch(/ \[Item 1\]$/);
		});

		it('says how to get unstuck', () => {
			const [failed] = result.items.filter((item) => item.error);
			expect(failed.error?.description).toEqual(expect.stringMatching(/\w{2,}.*\.$/));
		});
	} else {
		it('is no error', () => {
			expect(ofItem(1)).toEqual(output.map((one) => expect.objectContaining(one)));
		});
	}

	it('lets the other items through', () => {
		for (const index of ONCE.has(row.name) ? [0] : [0, 2]) {
			const wanted = row.output.map((one) => expect.objectContaining(one));
			expect(ofItem(index)).toEqual(expect.arrayContaining(wanted));
		}
	});

	it('does not stop the workflow', () => expect(result.error).toBeUndefined());

	it('texts the others only', () => {
		expect(texted).toEqual([...row.handsets, ...row.handsets].sort());
	});

	const goodItems = ONCE.has(row.name) ? 1 : 2;
	const ownRequests = badInput.asks && !row.isBatch;
	it(`costs ${ownRequests ? 'requests of its own' : 'no request'}`, () => {
		const others = row.isBatch ? 1 : goodItems * row.calls.length;
		if (ownRequests) expect(requests).toBeGreaterThan(others);
		else expect(requests).toBe(others);
	});
});

/** A wrong value in the place of each provider's secret. */
const WRONG = '11111111-2222-4333-8444-555555555555';
const wrongCredentials = (provider: ProviderName) => {
	const secret = /^(licenseKey|password|apiKey|accessToken)$/;
	return Object.fromEntries(
		Object.entries(PROVIDERS[provider].credentials(sandbox.url)).map(([type, values]) => [
			type,
			Object.fromEntries(
				Object.entries(values).map(([name, value]) => [name, secret.test(name) ? WRONG : value]),
			),
		]),
	);
};

/** The provider does not ask who wants to know (docs/providers/cdyne.md 4; docs/providers/namirial.md 3). */
const NEEDS_NO_KEY = new Set([
	'cdyne message.getStatus',
	'cdyne message.cancel',
	'namirial service.getHealth',
]);

/** CDYNE's media calls have no word for a refusal; the advice names the key among other causes. */
const TELLS_NO_REASON = /^cdyne media/;

const needKey = OPERATIONS.filter((row) => !NEEDS_NO_KEY.has(titleOf(row)));

describe.each(needKey.map((row) => [titleOf(row), row] as const))(
	'%s with a wrong key',
	(_title, row) => {
		let result: RunResult;
		let texted: number;
		beforeAll(async () => {
			const parameters = await prepare(row, sandbox);
			const before = sandbox.messages.list({ direction: 'out' }).length;
			const input = [...inputOf(row), ...inputOf(row)];
			const credentials = wrongCredentials(row.provider);
			const more = { settings: goOn, credentials, input };
			result = await runProvider(row.provider, sandbox, parameters, more);
			texted = sandbox.messages.list({ direction: 'out' }).length - before;
		});
		afterAll(() => sandbox.reset());

		it('is an error of each item', () => {
			expect(result.json).toEqual([
				{ error: expect.stringMatching(/ \[Item 0\]$/), details: expect.any(Object) },
				{ error: expect.stringMatching(/ \[Item 1\]$/), details: expect.any(Object) },
			]);
		});

		const known = !TELLS_NO_REASON.test(titleOf(row));
		it(known ? 'names the credential as the cause' : 'is refused', () => {
			const kinds = result.items.map(({ error }) => error?.context?.kind);
			const kind = known ? 'credential' : expect.stringMatching(/^(rejected|notFound)$/);
			expect(kinds).toEqual([kind, kind]);
		});

		it('says what to check', () => {
			const advice = result.items.map(({ error }) => String(error?.description));
			const check = expect.stringMatching(/check .*(credential|license key)/i);
			expect(advice).toEqual([check, check]);
		});

		it('does not show the key', () => expect(JSON.stringify(result.run)).not.toContain(WRONG));

		it('texts nobody', () => expect(texted).toBe(0));
	},
);

describe.each([
	['cdyne', 'a suspended account', 'cdyneApi', { licenseKey: SUSPENDED }, 'AccountSuspended'],
	[
		'wooxy',
		'a token of another account',
		'wooxyApi',
		{ accessToken: MISMATCHED_TOKEN },
		'access token check failed',
	],
	['wooxy', 'a disabled account', 'wooxyApi', { accessToken: DISABLED_TOKEN }, 'not enabled'],
] as const)('%s with the key of %s', (provider, _what, type, values, words) => {
	it('gives an error in the provider’s words that does not show the key', async () => {
		const { parameters } = rowOf({ provider, row: 'message.send' });
		const good = PROVIDERS[provider].credentials(sandbox.url)[type];
		const credentials = { [type]: { ...good, ...values } };
		const { error, run } = await runProvider(provider, sandbox, parameters, { credentials });
		expect(error?.message).toContain(words);
		expect(JSON.stringify(run)).not.toContain(Object.values(values)[0]);
	});
});
