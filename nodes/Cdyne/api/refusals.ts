import { Failure, type FailureKind, rethrow, throwFailure } from '../../shared/errors/failure';
import { getOwn } from '../../shared/formats/values';
import { ADVICE, type Code, CREDENTIAL_NAMES, OPT_OUT_NAMES, REASONS } from '../codes';

/** Failures for rejections, and for responses of an unexpected form (docs/providers/cdyne.md 5). */

function kindOf(name: string): FailureKind | undefined {
	if (CREDENTIAL_NAMES.has(name)) return 'credential';
	return OPT_OUT_NAMES.has(name) ? 'optedOut' : undefined;
}

/** The reason for a rejection in plain words, with CDYNE's name for it and the recipient. */
function refusalMessage(name: string, to?: string | null): string {
	const reason = getOwn(REASONS, name);
	const words =
		reason === undefined ? `CDYNE responded with ${name}` : `${reason} (CDYNE: ${name})`;
	const sentence = to ? `Not sent to ${to}: ${words}` : words;
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/**
 * The failure for a rejection.
 *
 * @param kind for names that are neither about the license key nor about an opt-out
 * @param to the number that the message was not sent to
 */
export function refusal(
	{ number, name }: Code,
	kind: FailureKind = 'rejected',
	to?: string | null,
): Failure {
	return new Failure({
		kind: kindOf(name) ?? kind,
		message: refusalMessage(name, to),
		description:
			getOwn(ADVICE, name) ??
			'Check the values of this item, and that everything they refer to belongs to this license key.',
		code: number === null ? name : String(number),
		nothingAccepted: true,
	});
}

/** Throws the failure for a rejection. */
export function throwRefusal(code: Code, kind?: FailureKind): never {
	return rethrow(refusal(code, kind));
}

/** Throws the failure for a value that is not what CDYNE documents. */
export function throwUnexpected(expected: string, value: unknown): never {
	const received = JSON.stringify(value) ?? 'nothing';
	return throwFailure({
		kind: 'malformed',
		message: (excerptOf) => `Expected ${expected} from CDYNE, got ${excerptOf(received)}`,
	});
}
