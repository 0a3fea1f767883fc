import type { Failure } from '../errors/failure';
import type { Output } from './output';

/**
 * What became of an intent: one message to one recipient. The provider accepted it, or it is
 * unknown whether it did (perhaps because a look-up did not find it), or it refused it for certain,
 * or nothing was sent.
 */
export type Outcome =
	| { kind: 'accepted'; outputs: Output[] }
	| { kind: 'unknown'; failure: Failure; outputs?: Output[]; isNotFound?: boolean }
	| { kind: 'refused'; failure: Failure; outputs?: Output[] }
	| { kind: 'untried' };

export interface IntentOutcome {
	recipient: string;
	outcome: Outcome;
}

export const UNTRIED: Outcome = { kind: 'untried' };

export function accepted(outputs: Output[]): Outcome {
	return { kind: 'accepted', outputs };
}

/** The outcome that a failure of a send states: only `nothingAccepted` makes it a refusal. */
export function failed(failure: Failure, outputs?: Output[]): Outcome {
	return { kind: failure.nothingAccepted ? 'refused' : 'unknown', failure, outputs };
}

const RANK = { accepted: 3, unknown: 2, refused: 1, untried: 0 } as const;

const idOf = ({ json: { messageId } }: Output) => messageId ?? undefined;

/**
 * Combines two statements about one intent, such as two parts of a response, a send and a look-up,
 * or two tries. The stronger one counts: accepted, then unknown, then refused, then untried. The
 * messages of two acceptances add up. Of two other statements of the same kind the later one counts.
 */
export function combine(earlier: Outcome, later: Outcome): Outcome {
	if (earlier.kind === 'accepted' && later.kind === 'accepted') {
		const ids = new Set(earlier.outputs.map(idOf));
		const isNew = (output: Output) => idOf(output) === undefined || !ids.has(idOf(output));
		return accepted([...earlier.outputs, ...later.outputs.filter(isNew)]);
	}
	return RANK[earlier.kind] > RANK[later.kind] ? earlier : later;
}

export function combineAll(statements: readonly Outcome[]): Outcome {
	return statements.reduce(combine, UNTRIED);
}
