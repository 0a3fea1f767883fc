import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { SUSPENDED } from '../../../sandbox/cdyne/settings';
import { DISABLED_TOKEN, MISMATCHED_TOKEN } from '../../../sandbox/wooxy/settings';
import type { RunResult } from '../harness/engine';
import {
	inputOf,
	OPERATIONS,
	prepare,
	PROVIDER_NAMES,
	PROVIDERS,
	runProvider,
	titleOf,
} from '../tables/operations';
import type { OperationRow, ProviderName } from '../tables/operations';
import type { BadRow } from '../tables/badRow';

/** Every kind of bad input of every operation: a good item, a bad one, and another good one. */
interface BadInput extends BadRow {
	provider: ProviderName;
}

const BAD_INPUTS: BadInput[] = PROVIDER_NAMES.flatMap((provider) =>
	PROVIDERS[provider].badInputs.map((row) => ({ provider, ...row })),
);

/** Operations that fail when they are repeated with the same parameters. */
const NOT_REPEATABLE = new Set(['message.cancel', 'keyword.remove', 'subscriber.unsubscribe']);

/** Parameters with an expression for each value, because only expressions differ between items. */
function asExpressions(bad: INodeParameters): INodeParameters {
	const expressions = (value: unknown, path: string): unknown => {
		if (value === null || typeof value !== 'object') return `={{ ${path} }}`;
		if (Array.isArray(value))
			return value.map((member, index) => expressions(member, `${path}[${index}]`));
		const members = Object.entries(value);
		return Object.fromEntries(
			members.map(([name, member]) => [name, expressions(member, `${path}?.${name}`)]),
		);
	};
	return expressions(bad, '$json') as INodeParameters;
}

const continueOnFail = { onError: 'continueRegularOutput' as const };
const pace = { sent: 20, carrier: 20, delivered: 20 };

const rowOf = ({ provider, row }: Pick<BadInput, 'provider' | 'row'>): OperationRow => {
	const found = OPERATIONS.find(
		(candidate) => candidate.provider === provider && candidate.name === row,
	);
	if (!found) throw new Error(`There is no row ${provider} ${row}`);
	return found;
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace });
});
afterAll(async () => await sandbox.close());

const titled = BAD_INPUTS.map(
	(badInput) => [titleOf(rowOf(badInput)), badInput.problem, badInput] as const,
);

describe.each(titled)('%s with %s', (_title, _problem, badInput) => {
	const { provider, bad, error, output = [], isUnlisted = false } = badInput;
	const row = rowOf(badInput);
	let result: RunResult;
	let requests: number;
	let texted: string[];
	beforeAll(async () => {
		if (badInput.settings) sandbox.configure(provider, badInput.settings);
		const good = await prepare(row, sandbox);
		sandbox.requests.clear();
		const before = sandbox.messages.list({ direction: 'out' }).length;
		const goodItem = { options: {}, ...good };
		const others = NOT_REPEATABLE.has(row.name) ? [] : [goodItem];
		result = await runProvider(
			provider,
			sandbox,
			{ ...good, ...asExpressions(bad) },
			{
				settings: continueOnFail,
				items: [goodItem, { ...goodItem, ...bad }, ...others] as IDataObject[],
			},
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
		it('outputs one error for the bad item, which says what is wrong', () => {
			expect(ofItem(1)).toEqual([
				{ error: expect.stringContaining(error), details: expect.any(Object) },
			]);
			expect(ofItem(1)[0].details).toMatchObject({ nothingSent: !isUnlisted });
			expect(ofItem(1)[0].error).toMatch(/ \[Item 1\]$/);
		});

		it('describes what to do', () => {
			const [failed] = result.items.filter((item) => item.error);
			expect(failed.error?.description).toEqual(expect.stringMatching(/\w{2,}.*\.$/));
		});
	} else {
		it('is not an error', () => {
			expect(ofItem(1)).toEqual(output.map((fields) => expect.objectContaining(fields)));
		});
	}

	it('outputs the results of the other items', () => {
		for (const index of NOT_REPEATABLE.has(row.name) ? [0] : [0, 2]) {
			const expected = row.output.map((fields) => expect.objectContaining(fields));
			expect(ofItem(index)).toEqual(expect.arrayContaining(expected));
		}
	});

	it('does not stop the workflow', () => expect(result.error).toBeUndefined());

	it('sends only the messages of the other items', () => {
		expect(texted).toEqual([...row.handsets, ...row.handsets].sort());
	});

	const goodItems = NOT_REPEATABLE.has(row.name) ? 1 : 2;
	const addsRequests = badInput.makesRequests && !row.isBatch;
	it(`makes ${addsRequests ? 'additional requests' : 'no additional request'}`, () => {
		const forOthers = row.isBatch ? 1 : goodItems * row.calls.length;
		if (addsRequests) expect(requests).toBeGreaterThan(forOthers);
		else expect(requests).toBe(forOthers);
	});
});

/** A wrong value for the secret of any provider. */
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

/** Requests that need no secret (docs/providers/cdyne.md 4; docs/providers/namirial.md 3). */
const NEEDS_NO_KEY = new Set([
	'cdyne message.getStatus',
	'cdyne message.cancel',
	'namirial service.getHealth',
]);

/** CDYNE's media calls give no reason; the advice names the key among other causes. */
const GIVES_NO_REASON = /^cdyne media/;

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
			const more = { settings: continueOnFail, credentials, input };
			result = await runProvider(row.provider, sandbox, parameters, more);
			texted = sandbox.messages.list({ direction: 'out' }).length - before;
		});
		afterAll(() => sandbox.reset());

		it('fails each item', () => {
			expect(result.json).toEqual([
				{ error: expect.stringMatching(/ \[Item 0\]$/), details: expect.any(Object) },
				{ error: expect.stringMatching(/ \[Item 1\]$/), details: expect.any(Object) },
			]);
		});

		const givesReason = !GIVES_NO_REASON.test(titleOf(row));
		it(givesReason ? 'names the credential as the cause' : 'is rejected', () => {
			const kinds = result.items.map(({ error }) => error?.context?.kind);
			const kind = givesReason ? 'credential' : expect.stringMatching(/^(rejected|notFound)$/);
			expect(kinds).toEqual([kind, kind]);
		});

		it('says what to check', () => {
			const advice = result.items.map(({ error }) => String(error?.description));
			const check = expect.stringMatching(/check .*(credential|license key)/i);
			expect(advice).toEqual([check, check]);
		});

		it('does not show the key', () => expect(JSON.stringify(result.run)).not.toContain(WRONG));

		it('sends nothing', () => expect(texted).toBe(0));
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
] as const)('%s with the key of %s', (provider, _account, type, values, expected) => {
	it('fails with the words of the provider, without showing the key', async () => {
		const { parameters } = rowOf({ provider, row: 'message.send' });
		const good = PROVIDERS[provider].credentials(sandbox.url)[type];
		const credentials = { [type]: { ...good, ...values } };
		const { error, run } = await runProvider(provider, sandbox, parameters, { credentials });
		expect(error?.message).toContain(expected);
		expect(JSON.stringify(run)).not.toContain(Object.values(values)[0]);
	});
});
