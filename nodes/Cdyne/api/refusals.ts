import { CAME, fail } from '../../shared/errors';
import type { FailureKind } from '../../shared/errors';
import { own } from '../../shared/values';
import { ADVICE, CREDENTIAL_NAMES, OPT_OUT_NAMES, REASONS } from '../codes';
import type { Code } from '../codes';

/** What is thrown for an answer that says no, and for one that says nothing (docs/providers/cdyne.md 5). */

function kindOf(name: string): FailureKind | undefined {
	if (CREDENTIAL_NAMES.has(name)) return 'credential';
	return OPT_OUT_NAMES.has(name) ? 'optedOut' : undefined;
}

/** A refusal in plain words, the provider's own in brackets; with the number that it is about. */
function plainWords(name: string, to?: string | null): string {
	const reason = own(REASONS, name);
	const words = reason === undefined ? `CDYNE answered ${name}` : `${reason} (CDYNE: ${name})`;
	const whole = to ? `Not sent to ${to}: ${words}` : words;
	return whole.charAt(0).toUpperCase() + whole.slice(1);
}

/**
 * Ends in the failure that the provider's name for a refusal stands for.
 *
 * @param to the number that was not texted
 */
export function refuse(
	{ number, name }: Code,
	kind: FailureKind = 'rejected',
	to?: string | null,
): never {
	return fail({
		kind: kindOf(name) ?? kind,
		message: plainWords(name, to),
		description:
			own(ADVICE, name) ??
			'Check the values of this item, and that what they name belongs to this license key.',
		code: number === null ? name : String(number),
		nothingAccepted: true,
	});
}

export function odd(what: string, value: unknown): never {
	const came = [JSON.stringify(value) ?? 'nothing'];
	return fail({ kind: 'malformed', message: `Expected ${what} of CDYNE, got ${CAME}`, came });
}
