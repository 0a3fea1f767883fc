import { Failure, messageOf, rethrow } from '../errors/failure';
import { failed, type Outcome } from '../model/outcome';
import type { Output } from '../model/output';
import {
	asAmbiguousSend,
	doubted,
	type Http,
	type HttpRequest,
	isDoubtful,
	type ReadResponse,
} from './request';

/**
 * What a reader of responses states about each intent of the request. A refusal of the whole call
 * is a refusal of those intents that no other part of the response accepts.
 */
export type ReadOutcomes = ReadResponse<Outcome[]>;

/**
 * The outcome that an error of a send states. Only a Failure can be a refusal.
 *
 * @param outputs of the messages that are described in the response
 */
export function outcomeOf(error: unknown, outputs?: Output[]): Outcome {
	const failure =
		error instanceof Failure
			? error
			: new Failure({ kind: 'malformed', message: messageOf(error) });
	return failed(asAmbiguousSend(failure), outputs);
}

/**
 * Makes a request that sends, and retries it only while all of it is refused and the reason is
 * temporary.
 *
 * @param intents how many the request carries
 * @returns the outcome of each intent; never throws
 */
export async function sendRequest(
	http: Http,
	request: Omit<HttpRequest, 'kind'>,
	intents: number,
	read: ReadOutcomes,
): Promise<Outcome[]> {
	try {
		const outcomes = await http.request({ ...request, kind: 'send' }, (response) => {
			const statements = read(response);
			return throwIfTemporary(
				isDoubtful(request, response) ? statements.map(withDoubt) : statements,
			);
		});
		return outcomes.map((outcome) =>
			'failure' in outcome ? failed(outcome.failure.masked(http.redact), outcome.outputs) : outcome,
		);
	} catch (error) {
		const outcome = outcomeOf(error);
		return Array.from({ length: intents }, () => outcome);
	}
}

function withDoubt(outcome: Outcome): Outcome {
	if (outcome.kind !== 'refused') return outcome;
	const outputs = outcome.outputs?.map((output) => ({
		...output,
		json: { ...output.json, status: 'unknown', isFinal: false },
	}));
	return outcomeOf(doubted(outcome.failure), outputs);
}

/** Throws the failure of a request that is refused as a whole and may be retried. */
function throwIfTemporary(outcomes: Outcome[]): Outcome[] {
	const [first] = outcomes;
	if (first?.kind !== 'refused') return outcomes;
	const { failure } = first;
	const isWhole = outcomes.every((outcome) => outcome.kind === 'refused');
	const isTemporary = failure.kind === 'rateLimited' || failure.kind === 'unavailable';
	return isWhole && isTemporary ? rethrow(failure) : outcomes;
}
