import { CAME, fail } from '../../shared/errors';
import type { FailureKind } from '../../shared/errors';
import { own } from '../../shared/values';
import { ADVICE, CREDENTIAL_NAMES, OPT_OUT_NAMES } from '../codes';
import type { Code } from '../codes';

/** What is thrown for an answer that says no, and for one that says nothing (docs/providers/cdyne.md 5). */

function kindOf(name: string): FailureKind | undefined {
	if (CREDENTIAL_NAMES.has(name)) return 'credential';
	return OPT_OUT_NAMES.has(name) ? 'optedOut' : undefined;
}

/** Ends in the failure that the provider's name for a refusal stands for. */
export function refuse({ number, name }: Code, kind: FailureKind = 'rejected'): never {
	return fail({
		kind: kindOf(name) ?? kind,
		message: `CDYNE answered ${name}`,
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
