import fc from 'fast-check';
import type {
	Fault,
	FaultKind,
	History,
	HistoryItem,
	OldMessage,
	Retry,
	Settings,
} from './history';
import type { Operation, ProviderModel } from './providers/model';

/** Generates histories. A focus restricts them, so that one kind of fault can be looked for. */

const SEND_FAULTS: FaultKind[] = [
	'notConnected',
	'resetBefore',
	'resetAfter',
	'timeoutBefore',
	'timeoutAfter',
	'cutBody',
	'emptyBody',
	'htmlPage',
	'serverErrorBefore',
	'serverErrorAfter',
	'tooManyRequests',
];

const LOOKUP_FAULTS: FaultKind[] = [
	'notConnected',
	'resetAfter',
	'timeoutAfter',
	'cutBody',
	'emptyBody',
	'htmlPage',
	'serverErrorAfter',
	'tooManyRequests',
];

type Switch =
	| 'skipIfReferenceExists'
	| 'sendAgainIfNotFound'
	| 'notOnRetry'
	| 'dryRun'
	| 'continueOnFail';

/** Which features histories have. What is left out can be anything. */
export interface Focus {
	/** Names of operations. */
	operations?: string[];
	items?: [number, number];
	recipients?: [number, number];
	rounds?: [number, number];
	/** How many numbers the recipients are chosen from. */
	numbers?: number;
	/** One item with so many recipients, or so many items with one recipient each. */
	bulk?: { recipients?: number; items?: number };
	/** How many references the items choose from; 0 for none. */
	references?: number;
	/** Every item has a reference. */
	allReferenced?: boolean;
	unicode?: boolean;
	/** One item in so many has a number that is not valid; 0 for none. */
	invalidOneIn?: number;
	/** Switches that are on; all others may be on if they are in `switches`. */
	on?: Switch[];
	switches?: Switch[];
	concurrency?: number[];
	textsPerRequest?: number[];
	maxTries?: number[];
	sends?: FaultKind[];
	lookups?: FaultKind[];
	/** The provider's quirks; all by default if faults contain `quirk`. */
	quirks?: string[];
	maxFaults?: number;
	old?: Array<OldMessage['status']>;
	oldCounts?: number[];
	clocks?: number[];
	lags?: number[];
	textHasTime?: boolean[];
	numbersHidden?: boolean[];
	canLookUp?: boolean[];
	subWorkflow?: boolean[];
	/** At which requests n8n may be gone. */
	crashes?: number[];
	retries?: [number, number];
	turnOff?: Array<'dryRun' | 'notOnRetry'>;
	pressedTwice?: boolean;
}

/** A focus on nothing that goes wrong; known faults add to it. */
export const CALM: Focus = {
	items: [1, 3],
	recipients: [1, 1],
	rounds: [1, 1],
	numbers: 3,
	references: 0,
	unicode: false,
	invalidOneIn: 0,
	switches: [],
	concurrency: [0],
	textsPerRequest: [1],
	maxTries: [1],
	sends: [],
	lookups: [],
	maxFaults: 4,
	old: [],
	clocks: [0],
	lags: [0],
	textHasTime: [false],
	numbersHidden: [false],
	canLookUp: [true],
	subWorkflow: [false],
	crashes: [0],
	retries: [0, 0],
	turnOff: [],
	pressedTwice: false,
};

const MINUTE = 60_000;

function faultArbitrary(kinds: FaultKind[], quirks: number, max: number): fc.Arbitrary<Fault[]> {
	if (kinds.length === 0) return fc.constant([]);
	const fault = fc.record({
		kind: fc.oneof(
			{ weight: 2, arbitrary: fc.constant<FaultKind>('none') },
			{ weight: 3, arbitrary: fc.constantFrom(...kinds) },
		),
		quirk: fc.nat(Math.max(quirks - 1, 0)),
		mask: fc.integer({ min: 1, max: 255 }),
		choice: fc.nat(60),
	});
	return fc.array(fault, { maxLength: max });
}

function itemsArbitrary(focus: Focus, operation: Operation): fc.Arbitrary<HistoryItem[]> {
	const { numbers = 4, references = 2, allReferenced = false, bulk } = focus;
	const { unicode = true, invalidOneIn = 10 } = focus;
	const reference =
		references === 0
			? fc.constant(null)
			: fc.option(fc.nat(references - 1), { freq: allReferenced ? 1_000 : 2, nil: null });
	if (bulk && !operation.takesOne) {
		const { recipients = 1, items = 1 } = bulk;
		const numbersOf = (item: number) =>
			Array.from({ length: recipients }, (_, index) => item * recipients + index);
		return reference.map((chosen) =>
			Array.from({ length: items }, (_, item) => ({
				to: numbersOf(item),
				reference: allReferenced ? (chosen ?? 0) : chosen,
				unicode: false,
				invalid: false,
			})),
		);
	}
	const [minTo, maxTo] = operation.several ? (focus.recipients ?? [1, 3]) : [1, 1];
	const item = fc.record({
		to: fc.uniqueArray(fc.nat(numbers - 1), {
			minLength: Math.min(minTo, numbers),
			maxLength: Math.min(maxTo, numbers),
		}),
		reference: allReferenced ? reference.map((chosen) => chosen ?? 0) : reference,
		unicode: unicode && operation.unicode ? fc.boolean() : fc.constant(false),
		invalid:
			invalidOneIn > 0
				? fc.nat(invalidOneIn - 1).map((chance) => chance === invalidOneIn - 1)
				: fc.constant(false),
	});
	const [minLength, maxLength] = operation.takesOne ? [1, 1] : (focus.items ?? [1, 5]);
	return fc.array(item, { minLength, maxLength });
}

/** Mostly a few items, now and then very many. */
function sizedItemsArbitrary(focus: Focus, operation: Operation): fc.Arbitrary<HistoryItem[]> {
	const items = itemsArbitrary(focus, operation);
	if (focus.bulk || focus.items || operation.takesOne) return items;
	const bulks = [
		{ items: 120 },
		{ items: 400 },
		...(operation.several ? [{ recipients: 130 }] : []),
	];
	return fc.oneof(
		{ weight: 60, arbitrary: items },
		...bulks.map((bulk) => ({
			weight: 1,
			arbitrary: itemsArbitrary({ ...focus, bulk }, operation),
		})),
	);
}

function settingsArbitrary(focus: Focus): fc.Arbitrary<Settings> {
	const { on = [], concurrency = [0, 1, 2, 30], textsPerRequest = [1, 1, 3, 100] } = focus;
	const { maxTries = [1, 1, 2, 3, 5] } = focus;
	const {
		switches = ['skipIfReferenceExists', 'sendAgainIfNotFound', 'notOnRetry', 'continueOnFail'],
	} = focus;
	const turned = (name: Switch): fc.Arbitrary<boolean> => {
		if (on.includes(name)) return fc.constant(true);
		return switches.includes(name) ? fc.boolean() : fc.constant(false);
	};
	const dryRun = focus.switches
		? turned('dryRun')
		: fc.nat(11).map((chance) => on.includes('dryRun') || chance === 11);
	return fc.record({
		skipIfReferenceExists: turned('skipIfReferenceExists'),
		sendAgainIfNotFound: turned('sendAgainIfNotFound'),
		notOnRetry: turned('notOnRetry'),
		dryRun,
		concatenate: fc.boolean(),
		concurrency: fc.constantFrom(...concurrency),
		textsPerRequest: fc.constantFrom(...textsPerRequest),
		continueOnFail: turned('continueOnFail'),
		maxTries: fc.constantFrom(...maxTries),
	});
}

function oldArbitrary(focus: Focus, operation: Operation): fc.Arbitrary<OldMessage[]> {
	const { old = ['delivered', 'rejected', 'cancelled'], references = 2, numbers = 4 } = focus;
	if (old.length === 0 || references === 0 || !operation.references) return fc.constant([]);
	return fc.array(
		fc.record({
			to: fc.nat(numbers - 1),
			reference: fc.nat(references - 1),
			status: fc.constantFrom(...old),
			count: fc.constantFrom(...(focus.oldCounts ?? [1, 1, 1, 2, 110])),
			hoursAgo: fc.constantFrom(24, 1, 72),
		}),
		{ maxLength: 2 },
	);
}

function retriesArbitrary(focus: Focus): fc.Arbitrary<Retry[]> {
	const { turnOff = ['dryRun', 'notOnRetry'], pressedTwice = true } = focus;
	const [minLength, maxLength] = focus.retries ?? [0, 3];
	return fc.array(
		fc.record({
			turnOff: fc.subarray(turnOff),
			continueOnFail: fc.boolean(),
			pressedTwice: pressedTwice ? fc.boolean() : fc.constant(false),
			clean: fc.boolean(),
		}),
		{ minLength, maxLength },
	);
}

/** The operations of a model that a focus allows, with their positions. */
export function operationsOf(model: ProviderModel, { operations }: Focus): Operation[] {
	return model.operations.filter(({ name }) => operations?.includes(name) ?? true);
}

export function quirksOf({ quirks }: ProviderModel, focus: Focus): readonly string[] {
	return focus.quirks ?? quirks;
}

/** Histories of a provider. */
export function historyArbitrary(model: ProviderModel, focus: Focus = {}): fc.Arbitrary<History> {
	const operations = operationsOf(model, focus);
	const quirks = quirksOf(model, focus);
	const { sends = [...SEND_FAULTS, ...Array<FaultKind>(6).fill('quirk')] } = focus;
	const { lookups = LOOKUP_FAULTS, maxFaults = 6 } = focus;
	return fc.nat(operations.length - 1).chain((position) => {
		const operation = operations[position];
		const [minRounds, maxRounds] = operation.takesOne ? [1, 1] : (focus.rounds ?? [1, 2]);
		const items = sizedItemsArbitrary(focus, operation);
		return fc.record({
			operation: fc.constant(model.operations.indexOf(operation)),
			rounds: fc.array(items, { minLength: minRounds, maxLength: maxRounds }),
			settings: settingsArbitrary(focus),
			old: oldArbitrary(focus, operation),
			clockAheadMs: fc.constantFrom(
				...(focus.clocks ?? [0, 0, 3_000, -3_000, 7 * MINUTE, -7 * MINUTE]),
			),
			lagMs: fc.constantFrom(...(focus.lags ?? [0, 500, 2_900])),
			textHasTime: fc.constantFrom(...(focus.textHasTime ?? [false, false, false, true])),
			numbersHidden: fc.constantFrom(...(focus.numbersHidden ?? [false, false, true])),
			canLookUp: fc.constantFrom(...(focus.canLookUp ?? [true, true, false])),
			inSubWorkflow: fc.constantFrom(...(focus.subWorkflow ?? [false, false, true])),
			sends: faultArbitrary(sends, quirks.length, maxFaults),
			lookups: faultArbitrary(lookups, 1, maxFaults),
			crashAt: fc.constantFrom(...(focus.crashes ?? [0, 0, 0, 1, 2, 3, 5, -1])),
			crashAfter: fc.boolean(),
			retries: retriesArbitrary(focus),
		});
	});
}
