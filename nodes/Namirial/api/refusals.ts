import type { HttpAnswer } from '../../shared/answer';
import { CAME, fail } from '../../shared/errors';
import { isObject, own } from '../../shared/values';
import { REFUSALS } from '../codes';
import type { Refusal } from '../codes';
import { jsonIn } from '../wire';

/** Refusals of the gateway (docs/providers/namirial.md 4.4, 4.5). */

interface Refused {
	code: number;
	words: string;
	details?: unknown;
}

/**
 * The refusal in an answer, or undefined where it is none. Published are objects with `code` under
 * HTTP 500 (4.4). A success starts its message with code 0 (4.3), so under HTTP 200 another code
 * there is a refusal too.
 */
export function refusalIn({ status, text: body }: HttpAnswer): Refused | undefined {
	const value = jsonIn(body);
	if (!isObject(value) || typeof value.message !== 'string') return undefined;
	const { code, message, details } = value;
	const [, written, words] = /^\s*(\d+)\s*:([\s\S]*)$/.exec(message) ?? [];
	if (status < 300 && written !== undefined) {
		return Number(written) === 0
			? undefined
			: { code: Number(written), words: words.trimStart(), details };
	}
	if (!Number.isInteger(code) || code === 0) return undefined;
	return { code: Number(code), words: message, details };
}

/** INFERRED: code 8 covers opted-out recipients too, and only the words can tell them apart. */
const OPTED_OUT = /\bopt(?:ed)?[- ]?out\b|\bunsubscribed\b/i;

export function refuse({ code, words, details }: Refused, status: number): never {
	const { meaning, advice, ...rule } = own<Partial<Refusal> & Pick<Refusal, 'kind'>>(
		REFUSALS,
		code,
	) ?? {
		kind: 'rejected' as const,
	};
	const hasDetails = details !== undefined && details !== null;
	const told = words.trim() === '' ? '' : ` "${CAME}"`;
	const more = hasDetails ? ` (${CAME})` : '';
	const came = [...(told && [words]), ...(hasDetails ? [JSON.stringify(details)] : [])];
	const means = meaning ? `: ${meaning}` : '';
	return fail({
		message: `Namirial refused the message with code ${code}${told}${more}${means}`,
		came,
		description:
			advice ??
			'This code is on no list that Namirial publishes. Ask its support, and name the code.',
		code: String(code),
		httpStatus: status,
		// a code that no list names says nothing for certain
		nothingAccepted: meaning !== undefined,
		...rule,
		...(came.some((one) => OPTED_OUT.test(one)) && { kind: 'optedOut' }),
	});
}

export function refuseLogin(status: number, more = ''): never {
	return fail({
		kind: 'credential',
		message: `Namirial refused the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
		description: REFUSALS[63].advice + more,
		httpStatus: status,
		nothingAccepted: true,
	});
}
