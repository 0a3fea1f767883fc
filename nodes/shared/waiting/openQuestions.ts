import { randomUUID } from 'crypto';
import { LruMap } from '../http/lruMap';
import type { Item } from '../input/item';
import type { PostbackEvent } from '../model/event';
import { hasCode, hasDecidedCode, replyCodes, setReplyCode } from './replyCode';
import { isEndedPage, isStillWaiting } from './scheduleLookups';

/**
 * The questions that this process has asked and that are still open, by number. The provider posts a
 * reply to the URL of the newest text, so a reply may have to be handed on to another wait. n8n gives
 * waits no storage that they share, so other processes of a queue, and a restarted n8n, do not know
 * these questions. There only a code tells which question a reply answers.
 */

export interface OpenQuestion {
	waitId: string;
	/** The resume URL; undefined while the question is being sent. */
	url?: string;
	/** The number that a reply must contain. */
	code?: string;
	/** Epoch milliseconds. */
	until: number;
}

const byNumber = new LruMap<OpenQuestion[]>(10_000);

/** For how long a question is taken for one that is being sent. */
const SENDING_MS = 60_000;

const isOpen = ({ until }: OpenQuestion) => until > Date.now();

/** Notes a question whose wait has begun, in place of the one that was being sent. */
export function noteQuestion(number: string, question: OpenQuestion): void {
	const isSame = ({ url, code }: OpenQuestion) => url === undefined && code === question.code;
	const others = openQuestions(number).filter((other) => !isSame(other));
	byNumber.set(number, [...others, question]);
}

export function closeQuestion(number: string | null, waitId: string): void {
	if (number === null) return;
	const others = openQuestions(number).filter((question) => question.waitId !== waitId);
	if (others.length > 0) byNumber.set(number, others);
	else byNumber.delete(number);
}

function openQuestions(number: string | null): OpenQuestion[] {
	return (number === null ? [] : (byNumber.get(number) ?? [])).filter(isOpen);
}

/** Whether a question is still open. One of which n8n does not say so is closed. */
async function isConfirmed(number: string, { url, waitId }: OpenQuestion): Promise<boolean> {
	if (url === undefined || (await isStillWaiting({ url, waitId }))) return true;
	closeQuestion(number, waitId);
	return false;
}

/**
 * Decides for all tries of a question whether its replies must contain a code, so that they can be
 * told from those to the other open questions to the same number: if the user wants it, or if one
 * of these has no code.
 *
 * @returns what to call if the question is not sent
 */
export async function distinguishQuestion(item: Item, number: string): Promise<() => void> {
	if (hasDecidedCode(item)) return () => {};
	const waitId = randomUUID();
	const findOther = (code?: string) =>
		openQuestions(number).find((question) => question.code === code);
	for (const code of replyCodes(item)) {
		let other = findOther(code);
		while (other && !(await isConfirmed(number, other))) other = findOther(code);
		if (other) continue;
		setReplyCode(item, code);
		noteQuestion(number, { waitId, code, until: Date.now() + SENDING_MS });
		break;
	}
	return () => closeQuestion(number, waitId);
}

/** The body by which a reply that is handed on is recognized. */
const HANDED_ON = { smsGateways: 'reply' };

/**
 * Hands a reply on to the question that it answers: the one whose code it contains, or else the only
 * one without a code.
 *
 * @param own the code of the question whose wait received the reply
 * @returns whether another wait has it
 */
export async function handOn(event: PostbackEvent, waitId: string, own?: string): Promise<boolean> {
	const text = event.text ?? '';
	if (own !== undefined && hasCode(text, own)) return false;
	const others = openQuestions(event.from).filter((question) => question.waitId !== waitId);
	const named = others.find(({ code }) => code !== undefined && hasCode(text, code));
	const plain = others.filter(({ code }) => code === undefined);
	const target = named ?? (own !== undefined && plain.length === 1 ? plain[0] : undefined);
	if (target?.url === undefined) return false;
	try {
		const response = await fetch(target.url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ ...HANDED_ON, event: { ...event, inReplyTo: null } }),
			signal: AbortSignal.timeout(10_000),
		});
		return response.ok && !isEndedPage(await response.text());
	} catch {
		return false;
	}
}

/** The reply that another wait has handed on; undefined for any other request. */
export function parseHandedOn(text: string): PostbackEvent | undefined {
	if (!text.startsWith('{"smsGateways"')) return undefined;
	const { smsGateways, event } = JSON.parse(text) as { smsGateways?: string; event: PostbackEvent };
	return smsGateways === HANDED_ON.smsGateways ? event : undefined;
}
