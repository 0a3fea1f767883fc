import { type Failure, rethrow } from '../errors/failure';
import type { IntentOutcome, Outcome } from '../model/outcome';
import { smsMessage } from '../model/message';
import { messageOutput, type Output } from '../model/output';

/** The outputs of an item, from what became of its intents. */

/**
 * One output for each message, in the order of the recipients. Of several recipients, those who did
 * not get the message, or may not have got it, have an output too.
 *
 * @param isGroup the outputs of one intent are about several people
 * @throws Failure if there is one recipient and it failed, or if all failed for the same reason or
 *   because of quiet hours
 */
export function outputsOf(provider: string, results: IntentOutcome[], isGroup = false): Output[] {
	const failures = results.flatMap(({ outcome }) => ('failure' in outcome ? outcome.failure : []));
	if (failures.length === results.length && !(isGroup && hasOutputs(results[0].outcome))) {
		const [first] = failures;
		if (failures.every(({ kind }) => kind === 'quietHours')) return rethrow(lastToEnd(failures));
		const isUnknown = results.every(({ outcome }) => outcome.kind === 'unknown');
		const isSame = failures.every(({ message }) => message === first.message);
		if (isUnknown || isSame) return rethrow(first);
		const credential = failures.find(({ kind }) => kind === 'credential');
		if (credential) return rethrow(credential);
	}
	return results.flatMap(({ recipient, outcome }) => {
		if (outcome.kind === 'untried') return [];
		if (outcome.kind === 'accepted') return outcome.outputs;
		const { outputs, failure } = outcome;
		return outputs ?? [messageOutput(smsMessage(unreachedMessage(provider, recipient, failure)))];
	});
}

/** Of several failures because of quiet hours, the one whose quiet hours end last, if ever. */
export function lastToEnd(failures: Failure[]): Failure {
	const endOf = ({ retryAt = 'never' }: Failure) => retryAt;
	return failures.reduce((last, next) => (endOf(next) > endOf(last) ? next : last));
}

function hasOutputs(outcome: Outcome): boolean {
	return 'outputs' in outcome && outcome.outputs !== undefined;
}

/** The fields for one of several recipients who did not get the message, or may not have got it. */
export function unreachedMessage(provider: string, to: string | null, failure: Failure) {
	const isUncertain = !failure.nothingAccepted;
	return {
		provider,
		to,
		status: isUncertain ? 'unknown' : 'failed',
		isFinal: !isUncertain,
		providerStatus: isUncertain ? 'unknown' : 'not sent',
		errorCode: failure.code ?? null,
		errorMessage: failure.message,
	} as const;
}
