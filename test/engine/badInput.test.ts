import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { SUSPENDED } from '../../sandbox/cdyne/settings';
import { DISABLED_TOKEN, MISMATCHED_TOKEN } from '../../sandbox/wooxy/settings';
import type { RunResult } from './engine';
import { inputOf, OPERATIONS, prepare, PROVIDERS, runProvider, titleOf } from './operations';
import type { OperationRow, ProviderName } from './operations';

/** Provider x operation x bad input: a good item, a bad one, and another good one. */

interface BadInput {
	provider: ProviderName;
	/** The row of the table of operations whose parameters are good. */
	row: string;
	what: string;
	/** What makes the item bad, among its parameters. */
	bad: INodeParameters;
	/** Switches of the sandbox that it takes. */
	settings?: IDataObject;
	/** The error of the item, without its number; undefined where it is no error. */
	error?: string;
	/** What comes out in place of an error: one item like this, or none. */
	output?: IDataObject[];
	/** The provider has to be asked to find out. */
	asks?: boolean;
}

type Case = [what: string, bad: INodeParameters, error: string, more?: Partial<BadInput>];

const of = (provider: ProviderName, row: string, cases: Case[]): BadInput[] =>
	cases.map(([what, bad, error, more]) => ({ provider, row, what, bad, error, ...more }));

const asks = { asks: true };
const notFound = (errorMessage: string) => ({
	error: undefined,
	output: [{ found: false, status: 'unknown', isFinal: false, errorMessage }],
	...asks,
});
const nothing = { error: undefined, output: [], ...asks };

const PAST = { scheduledAt: '2020-01-01T00:00:00Z' };
const PASSED = 'Scheduled At 2020-01-01T00:00:00.000Z has passed';
const NO_NUMBER = '"12" cannot be a phone number';
const EMPTY = 'The message is empty';
const UUID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
const OBJECT_ID = '64f000000000000000000002';

const BAD_INPUTS: BadInput[] = [
	...of('cdyne', 'message.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['no number', { to: '' }, 'There is no recipient'],
		['an empty text', { message: ' ' }, EMPTY],
		['a time that has passed', { options: PAST }, PASSED],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			asks,
		],
		[
			'a sender of somebody else',
			{ options: { from: '17575559999' } },
			'he number in From is not of this license key (CDYNE: InvalidAssignedDID)',
			asks,
		],
	]),
	...of('cdyne', 'message.sendSimple', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: STOPfromPhoneNumber)',
			asks,
		],
	]),
	...of('cdyne', 'message.sendMms', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['neither text nor media', { message: '', mediaUrls: '' }, 'The MMS is empty'],
		[
			'media that are no address',
			{ mediaUrls: 'flyer.png' },
			'"flyer.png" is neither a web address nor a media ID',
		],
		['a time that has passed', { options: PAST }, PASSED],
		[
			'a recipient who opted out',
			{ to: '17575550164' },
			'the recipient has opted out (CDYNE: StopOnPhoneNumber)',
			asks,
		],
	]),
	...of('cdyne', 'message.getStatus', [
		['an unknown id', { messageId: UUID }, '', notFound('NotFound: CDYNE knows no SMS of this ID')],
		['an id of another form', { messageId: '17' }, '"17" is not a message ID of CDYNE'],
	]),
	...of('cdyne', 'message.getStatus of an MMS', [
		[
			'an unknown id',
			{ messageId: UUID },
			'',
			notFound('MissingDidOrInvalidMessageId: CDYNE knows no MMS of this ID'),
		],
	]),
	...of('cdyne', 'message.getManyByReference', [
		['an unknown reference', { referenceId: 'nobody' }, '', nothing],
		['no reference', { referenceId: '' }, 'The reference ID is empty'],
	]),
	...of('cdyne', 'message.cancel', [
		[
			'an unknown id',
			{ messageId: UUID },
			'CDYNE did not cancel the message: it is NotFound',
			asks,
		],
		['an id of another form', { messageId: '' }, 'The message ID is empty'],
	]),
	...of('cdyne', 'postbackSetting.update', [
		['an address that is none', { url: 'nowhere' }, 'The URL "nowhere" is not a web address'],
	]),
	...of('cdyne', 'postbackSetting.update of a number', [
		[
			'a number of somebody else',
			{ phoneNumber: '17575559999' },
			'What is named here was not found at this license key (CDYNE: NotFound)',
			asks,
		],
		['no number', { phoneNumber: '' }, 'The phone number is empty'],
	]),
	...of('cdyne', 'keyword.remove', [
		[
			'an unknown keyword',
			{ keyword: 'NOBODY' },
			'CDYNE answered KeywordNotFound for the keyword "NOBODY"',
			asks,
		],
	]),
	...of('cdyne', 'media.get', [
		['an unknown id', { mediaId: '999' }, 'CDYNE has no media of the ID 999', asks],
		['an id of another form', { mediaId: 'x' }, '"x" is not a media ID'],
	]),
	...of('cdyne', 'media.download', [
		['an unknown id', { mediaId: '999' }, 'CDYNE has no media of the ID 999', asks],
	]),
	...of('cdyne', 'media.upload from an address', [
		['an address that is none', { url: 'a.png' }, 'The URL "a.png" is not a web address'],
	]),

	...of('namirial', 'message.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		[
			'a text that is too long',
			{ message: 'x'.repeat(1601) },
			'The message has 1601 characters, and Namirial takes no more than 1600',
		],
		[
			'a number that cannot receive',
			{ to: '+393335550108' },
			'Namirial refused the message with code 8',
			asks,
		],
		[
			'a number on a watchlist',
			{ to: '+393335550161' },
			'Namirial refused the message with code 61',
			asks,
		],
		[
			'a reference without a service',
			{ options: { referenceKey: 'k' } },
			'Reference Key is set without a Reference Service, which Namirial refuses',
		],
		[
			'a reference service that is not known',
			{ options: { referenceService: 'NOBODY' } },
			'Namirial refused the message with code 59',
			asks,
		],
		[
			'a status address without https',
			{ statusUpdates: 'url', statusUrl: 'http://example.com/status' },
			'Namirial posts status updates to https addresses only, and "http://example.com" is not one',
		],
	]),
	...of('namirial', 'message.sendOnBehalf', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		['no account', { account: '' }, 'The account is empty'],
	]),
	...of('namirial', 'message.getStatus', [
		[
			'an unknown id',
			{ messageId: UUID },
			'',
			{
				error: undefined,
				asks: true,
				output: [{ found: false, status: 'unknown', isFinal: false, messageId: UUID }],
			},
		],
		['an id of another form', { messageId: '17' }, '"17" is not a message ID of Namirial'],
	]),
	...of('namirial', 'message.getManyByPhoneNumber', [
		['a number that cannot be', { phoneNumber: '12' }, NO_NUMBER],
		['a number that had no message', { phoneNumber: '+393335552999' }, '', nothing],
	]),
	...of('namirial', 'message.getManyByReference', [
		['an unknown reference', { referenceKey: 'nobody' }, '', nothing],
		['no reference', { referenceKey: '' }, 'The reference key is empty'],
	]),

	...of('wooxy', 'message.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		['no domain', { domain: '' }, 'The domain is empty'],
		[
			'a domain that is not verified',
			{ domain: 'unverified.example' },
			'Wooxy answered: Domain not found in your account or not verified',
			asks,
		],
		['a recipient who is refused', { to: '+37255500162' }, 'Wooxy answered: ', asks],
		[
			'a recipient who opted out',
			{ to: '+37255500164' },
			'Wooxy answered: ',
			{ ...asks, settings: { blocked: 'refused' } },
		],
		[
			'a tag that Wooxy keeps for itself',
			{ options: { tags: '_secret' } },
			'The tag "_secret" begins with an underscore, which Wooxy keeps for itself',
		],
		[
			'a sender that cannot be',
			{ options: { from: 'Müller & Söhne' } },
			'From "Müller & Söhne" is neither a name of at most 11 letters, digits and spaces nor a phone number',
		],
	]),
	...of('wooxy', 'message.sendToContact', [
		['an unknown contact', { contact: 'nobody' }, 'Wooxy answered: Contact not found', asks],
		['no contact', { contact: '' }, 'The contact is empty'],
		['an empty text', { message: '' }, EMPTY],
		['an unknown list', { contactListId: OBJECT_ID }, 'Wooxy answered: ', asks],
	]),
	...of('wooxy', 'message.getStatus', [
		['an unknown id', { messageId: OBJECT_ID }, '', notFound(`SMS ${OBJECT_ID} not found`)],
		['no id', { messageId: '' }, 'The message ID is empty'],
	]),
	...of('wooxy', 'contact.get', [
		['an unknown contact', { contact: 'nobody' }, 'Wooxy answered: Contact not found', asks],
	]),
	...of('wooxy', 'contact.getRequestStatus', [
		['an unknown request', { requestId: OBJECT_ID }, 'Wooxy ', asks],
		['no request', { requestId: '' }, 'The request ID is empty'],
	]),
	...of('wooxy', 'blockedNumber.add', [
		['a number that cannot be', { phoneNumber: '12' }, NO_NUMBER],
	]),
	...of('wooxy', 'contactList.getMany', [['no domain', { domain: '' }, 'The domain is empty']]),

	...of('skycore', 'sms.send', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an empty text', { message: '' }, EMPTY],
		[
			'a text that is too long',
			{ message: 'x'.repeat(161) },
			'The message has 161 characters, and Skycore takes 160',
		],
		['a sender that is none', { from: 'Shop' }, '"Shop" in From is not a short or long code'],
		['a sender of somebody else', { from: '99999' }, 'Skycore answered E111: ', asks],
		['a recipient who is refused', { to: '17575550162' }, 'Skycore answered E110: ', asks],
		['a recipient who opted out', { to: '17575550164' }, 'Skycore answered E114: ', asks],
	]),
	...of('skycore', 'sms.sendToSubscriber', [
		['an unknown reference', { subscriberRef: 'NOBODY' }, 'Skycore answered E720: ', asks],
		['an unknown campaign', { campaignRef: 'Nowhere' }, 'Skycore answered E721: ', asks],
		['no reference', { subscriberRef: '' }, 'The subscriber reference is empty'],
		['an empty text', { message: '' }, EMPTY],
	]),
	...of('skycore', 'mms.sendSaved', [
		['a number that cannot be', { to: '12' }, NO_NUMBER],
		['an unknown MMS', { mmsId: '999' }, 'Skycore answered E', asks],
		['an MMS that is none', { mmsId: 'x' }, '"x" is not the ID of a saved MMS'],
		['a recipient who opted out', { to: '17575550164' }, 'Skycore answered E114: ', asks],
	]),
	...of('skycore', 'mms.sendToSubscriber', [
		['an unknown MMS', { mmsId: '999' }, 'Skycore answered E', asks],
	]),
	...of('skycore', 'mms.save', [
		['an empty slide', { slides: { slide: [{ text: '' }] } }, 'Slide 1 is empty'],
		['no subject', { subject: '' }, 'The subject is empty'],
	]),
	...of('skycore', 'subscriber.subscribe', [
		['a number that cannot be', { mobile: '12' }, NO_NUMBER],
		['an unknown campaign', { campaignRef: 'Nowhere' }, 'Skycore answered E', asks],
	]),
	...of('skycore', 'subscriber.unsubscribe', [
		['a number that cannot be', { mobile: '12' }, NO_NUMBER],
	]),
	...of('skycore', 'campaign.create', [
		['no name', { campaignName: '' }, 'The campaign name is empty'],
	]),
];

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
