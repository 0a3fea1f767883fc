import { LruMap } from '../http/lruMap';
import type { PostbackEvent } from '../model/event';
import { hasCode } from './replyCode';
import { isEndedPage, isStillWaiting } from './scheduleLookups';

/**
 * The questions that this process has asked and that are still open, by number. The provider posts a
 * reply to the URL of the newest text, so a reply may have to be handed on to another wait. n8n gives
 * waits no storage that they share, so other processes of a queue, and a restarted n8n, do not know
 * these questions. There only a code tells which question a reply answers.
 */

export interface OpenQuestion {
	waitId: string;
	/** The resume URL. */
	url: string;
	/** The number that a reply must contain. */
	code?: string;
	/** Epoch milliseconds. */
	until: number;
}

const byNumber = new LruMap<OpenQuestion[]>(10_000);

const isOpen = ({ until }: OpenQuestion) => until > Date.now();

export function noteQuestion(number: string, question: OpenQuestion): void {
	byNumber.set(number, [...openQuestions(number), question]);
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

/**
 * Whether another question to a number is open whose replies have no code. The next question then
 * needs one, so that its replies can be told apart.
 */
export async function hasOpenQuestion(number: string): Promise<boolean> {
	for (const question of openQuestions(number).filter(({ code }) => code === undefined)) {
		if (await isStillWaiting(question)) return true;
		closeQuestion(number, question.waitId);
	}
	return false;
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
	if (target === undefined) return false;
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
