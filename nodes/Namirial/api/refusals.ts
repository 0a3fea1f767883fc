import { throwFailure } from '../../shared/errors/failure';
import { getOwn, isObject, textOrNull } from '../../shared/formats/values';
import type { HttpResponse } from '../../shared/http/response';
import { type Refusal, REFUSALS } from '../codes';
import { tryParseJson } from '../wire';

/** Rejections by the gateway (docs/providers/namirial.md 4.4, 4.5). */

interface ReceivedRefusal {
	code: number;
	words: string;
	details?: unknown;
	/** That of a message, which contradicts the rejection. */
	id?: string;
}

/**
 * The rejection in a response, or undefined if there is none. Documented are objects with `code`
 * under HTTP 500 (4.4). The message of a success starts with the code 0 (4.3). INFERRED: under HTTP
 * 200 another code there is a rejection too.
 */
export function refusalIn({ status, text }: HttpResponse): ReceivedRefusal | undefined {
	const value = tryParseJson(text);
	if (!isObject(value) || typeof value.message !== 'string') return undefined;
	const { code, message, details } = value;
	const messageId = textOrNull(value.id);
	const contradiction = messageId !== null && { id: messageId };
	const [, codeInMessage, words] = /^\s*(\d+)\s*:([\s\S]*)$/.exec(message) ?? [];
	if (status < 300 && codeInMessage !== undefined) {
		return Number(codeInMessage) === 0
			? undefined
			: { code: Number(codeInMessage), words: words.trimStart(), details, ...contradiction };
	}
	if (!Number.isInteger(code) || code === 0) return undefined;
	return { code: Number(code), words: message, details, ...contradiction };
}

/** INFERRED: code 8 includes recipients who opted out, and only the words tell that. */
const OPTED_OUT = /\bopt(?:ed)?[- ]?out\b|\bunsubscribed\b/i;

const UNLISTED: Partial<Refusal> & Pick<Refusal, 'kind'> = { kind: 'rejected' };

/** Throws the failure for a rejection. */
export function throwRefusal({ code, words, details, id }: ReceivedRefusal, status: number): never {
	const { meaning, advice, ...facts } = getOwn(REFUSALS, code) ?? UNLISTED;
	const hasDetails = details !== undefined && details !== null;
	const detailText = hasDetails ? JSON.stringify(details) : '';
	const meaningText = meaning ? `: ${meaning}` : '';
	return throwFailure({
		message: (excerptOf) => {
			const quote = words.trim() === '' ? '' : ` "${excerptOf(words)}"`;
			const detailQuote = detailText && ` (${excerptOf(detailText)})`;
			return `Namirial rejected the message with code ${code}${quote}${detailQuote}${meaningText}`;
		},
		description:
			advice ?? 'Namirial does not publish the meaning of this code. Ask its support about it.',
		code: String(code),
		httpStatus: status,
		// with an unlisted code it is uncertain whether anything was accepted
		nothingAccepted: meaning !== undefined,
		...facts,
		...([words, detailText].some((text) => OPTED_OUT.test(text)) && { kind: 'optedOut' }),
		// beside the ID of a message it is uncertain
		...(id !== undefined && { nothingAccepted: false }),
	});
}

/**
 * Throws the failure for a rejected login. INFERRED (2): HTTP 401 and 403 mean that.
 *
 * @param detail follows the advice
 */
export function throwLoginRejected(status: number, detail = ''): never {
	return throwFailure({
		kind: 'credential',
		message: `Namirial rejected the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
		description: REFUSALS[63].advice + detail,
		httpStatus: status,
		nothingAccepted: true,
	});
}
