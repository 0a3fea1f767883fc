import fc from 'fast-check';
import { Failure } from '../../../nodes/shared/errors/failure';
import {
	accepted,
	combine,
	combineAll,
	failed,
	type Outcome,
	UNTRIED,
} from '../../../nodes/shared/model/outcome';

/** How statements about one message to one recipient combine. */

const message = (messageId: string | null) => ({ json: { messageId } });
const failure = (text: string) => new Failure({ kind: 'rejected', message: text });
const unknown = (text: string): Outcome => ({ kind: 'unknown', failure: failure(text) });
const refused = (text: string): Outcome => ({ kind: 'refused', failure: failure(text) });

const STRONGEST_FIRST = [accepted([message('m1')]), unknown('u'), refused('r'), UNTRIED];

it.each(
	STRONGEST_FIRST.flatMap((stronger, index) =>
		STRONGEST_FIRST.slice(index + 1).map((weaker) => [
			stronger.kind,
			weaker.kind,
			stronger,
			weaker,
		]),
	) as Array<[string, string, Outcome, Outcome]>,
)('%s outweighs %s, whichever comes first', (_stronger, _weaker, stronger, weaker) => {
	expect(combine(stronger, weaker)).toBe(stronger);
	expect(combine(weaker, stronger)).toBe(stronger);
});

it('of two failures of the same kind the later one counts', () => {
	const [first, second] = [refused('first'), refused('second')];
	expect(combine(first, second)).toBe(second);
	expect(combine(unknown('first'), unknown('second'))).toMatchObject({
		failure: { message: 'second' },
	});
});

it('the messages of two acceptances add up, each ID once', () => {
	const ids = (outcome: Outcome) =>
		outcome.kind === 'accepted' ? outcome.outputs.map(({ json }) => json.messageId) : [];
	const both = combine(accepted([message('m1')]), accepted([message('m1'), message('m2')]));
	expect(ids(both)).toEqual(['m1', 'm2']);
	const withoutIds = combine(accepted([message(null)]), accepted([message(null)]));
	expect(ids(withoutIds)).toEqual([null, null]);
});

it('nothing stated is untried', () => {
	expect(combineAll([])).toBe(UNTRIED);
});

it('the kind does not depend on the order or the grouping of the statements', () => {
	const statements = fc.array(fc.constantFrom(...STRONGEST_FIRST), { maxLength: 6 });
	fc.assert(
		fc.property(statements, statements, (some, others) => {
			const { kind } = combineAll([...some, ...others]);
			expect(combineAll([...others, ...some]).kind).toBe(kind);
			expect(combine(combineAll(some), combineAll(others)).kind).toBe(kind);
		}),
	);
});

it.each([
	[true, 'refused'],
	[false, 'unknown'],
])('a failure with nothingAccepted: %s is %s', (nothingAccepted, kind) => {
	const rejection = new Failure({ kind: 'rejected', message: 'x', nothingAccepted });
	expect(failed(rejection)).toMatchObject({ kind, failure: rejection });
});
