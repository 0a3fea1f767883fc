import { rethrow } from '../errors/failure';
import { LruMap } from '../http/lruMap';
import type { ParsedEvent, PostbackEvent } from '../model/event';
import type { SmsMessage } from '../model/message';
import type { Outcome } from '../model/outcome';
import type { Output } from '../model/output';
import type { ResumeContext, WaitStrategy } from '../provider/waitStrategy';
import { completeEvent } from '../receiving/readEvents';
import { outcomeOf } from './deliveryOutcome';
import { matchReply } from './expectedReplies';
import { closeQuestion, handOn } from './openQuestions';
import { isOwnId, isSameNumber } from './ownEvents';
import { hasAnyCode, hasCode, withoutCode } from './replyCode';
import { replyOutput, type ReplyResult, type UnmatchedReply } from './replyOutcome';
import { planReplyWait, type ReplyState, timedOutput } from './replyState';
import { markWaitEnded } from './scheduleLookups';
import { historyOf, recordContinuations } from './statusHistory';

/** A text that says which replies are expected. */
export interface HelpText {
	/** The number whose reply matched none of the words. */
	to: string;
	from: string | null;
	text: string;
	/** The same for each help text of a message, so that a look-up shows whether one was sent. */
	reference: string;
}

/** What identifies the replies to a message in a look-up. */
export interface Asked {
	/** The IDs of the message, and those under which the provider sent it again. */
	ids: string[];
	helpReference: string;
	/** Replies with a code may have been assigned to another message. */
	code?: string;
	askedAt: Date;
}

export interface ReplySource {
	/** Sends a help text, or looks it up if it was sent before. @throws Failure for a failed look-up */
	sendHelp(resumeContext: ResumeContext, help: HelpText): Promise<Outcome>;
	/** Looks up the replies to a message. */
	findReplies(resumeContext: ResumeContext, asked: Asked): Promise<ParsedEvent[]>;
}

/**
 * Whether an event is about the message of this wait. All waits of an execution have the same
 * resume URL, so in a loop, or in an agent's next review, a late or repeated reply to an earlier
 * message also arrives there.
 *
 * @param furtherIds the ids under which the provider sent the message again
 */
function isAboutMessage(
	{ message, code }: ReplyState,
	event: PostbackEvent,
	furtherIds: readonly string[],
): boolean {
	const { inReplyTo, messageId, referenceId, text } = event;
	if (event.event === 'message.status') return isOwnId(messageId, message, furtherIds);
	// only the recipient can reply; other people can text the same number
	if (message.to !== null && !isSameNumber(event.from, message.to)) return false;
	if (inReplyTo === null || isOwnId(inReplyTo, message, furtherIds)) return true;
	if (code !== undefined && hasCode(text ?? '', code)) return true;
	return referenceId?.toLowerCase() === helpReference(message).toLowerCase();
}

function helpReference({ messageId }: SmsMessage): string {
	return `help-${messageId}`;
}

/** Whether a status means that nobody will reply. */
function hasFailed({ event, status, isFinal }: PostbackEvent): boolean {
	if (event !== 'message.status' || status === null) return false;
	return outcomeOf({ status, isFinal: isFinal === true }, 'delivered') === 'failed';
}

/** Waits until the recipient replies. */
export function waitForReply({ sendHelp, findReplies }: ReplySource): WaitStrategy {
	/** The references of those that were sent, or may have been: look-ups may not find them yet. */
	const sent = new LruMap<true>(10_000);
	/** Replies that matched none of the words, by wait and by the ID of the reply. */
	const unmatched = new LruMap<Map<string, UnmatchedReply>>(10_000);

	const unmatchedOf = (waitId: string) => [...(unmatched.get(waitId)?.values() ?? [])];

	function endWait(waitId: string, { message }: ReplyState, output: Output): Output[] {
		markWaitEnded(waitId);
		closeQuestion(message.to, waitId);
		return [output];
	}

	async function sendHelpOnce(resumeContext: ResumeContext, help: HelpText): Promise<void> {
		const { reference } = help;
		if (sent.has(reference)) return;
		sent.set(reference, true);
		const outcome = await sendHelp(resumeContext, help).catch((error) => {
			sent.delete(reference);
			return rethrow(error);
		});
		if (outcome.kind === 'refused') sent.delete(reference);
		if ('failure' in outcome) rethrow(outcome.failure);
	}

	/** Remembers a reply that does not end the wait. */
	function noteUnmatched(waitId: string, reply: PostbackEvent): void {
		const replies = unmatched.get(waitId) ?? new Map<string, UnmatchedReply>();
		const receivedAt = reply.occurredAt ?? reply.receivedAt;
		replies.set(reply.messageId ?? reply.eventId, { text: reply.text ?? '', receivedAt });
		unmatched.set(waitId, replies);
	}

	/** What a text from the recipient does. @returns undefined to keep waiting */
	async function onReply(
		resumeContext: ResumeContext,
		state: ReplyState,
		reply: PostbackEvent,
	): Promise<ReplyResult | undefined> {
		const { words, approval, code, helpText, otherReplies, message } = state;
		const text = reply.text ?? '';
		// a picture without text is not a reply
		if (text.trim() === '') return undefined;
		if (await handOn(reply, resumeContext.waitId, code)) return undefined;
		const isAddressed = code === undefined || hasCode(text, code);
		const said = code === undefined ? text : withoutCode(text, code);
		const choice = isAddressed ? (words.length === 0 ? said : matchReply(said, words)) : undefined;
		if (choice !== undefined) {
			const approved = approval ? choice === words[0] : null;
			const outcome = approved === false ? 'declined' : 'answered';
			return { outcome, approved, choice: words.length === 0 ? null : choice, reason: null };
		}
		if (otherReplies === 'output') {
			const approved = approval ? false : null;
			return { outcome: 'other', approved, choice: null, reason: null };
		}
		noteUnmatched(resumeContext.waitId, reply);
		// it may answer a question of another process, whose look-up finds it
		const isForAnother = code !== undefined && hasAnyCode(text);
		// the provider replies to its own words
		const needsHelp = helpText !== '' && reply.systemWord === null && !isForAnother;
		if (!needsHelp || !reply.from) return undefined;
		const reference = helpReference(message);
		const { from: to, to: from } = reply;
		await sendHelpOnce(resumeContext, { to, from, text: helpText, reference });
		return undefined;
	}

	async function onEvents(
		resumeContext: ResumeContext,
		received: PostbackEvent[],
	): Promise<Output[] | undefined> {
		const { waitId } = resumeContext;
		const state = resumeContext.state as unknown as ReplyState;
		const { message, approval } = state;
		const noReply = { choice: null, approved: approval ? false : null };
		const end = (result: ReplyResult, event?: PostbackEvent) =>
			endWait(waitId, state, replyOutput(state, result, unmatchedOf(waitId), event));
		recordContinuations(waitId, received, message);
		const { ids } = historyOf(waitId);
		const events = received.filter((event) => isAboutMessage(state, event, ids));
		const optOut = events.find(({ event }) => event === 'contact.optedOut');
		if (optOut) {
			const reason = 'The recipient opted out';
			return end({ ...noReply, outcome: 'declined', approved: false, reason }, optOut);
		}
		const failedStatus = events.find(hasFailed);
		if (failedStatus) {
			const reason = `The message was not delivered: ${failedStatus.providerStatus ?? failedStatus.status}`;
			return end({ ...noReply, outcome: 'failed', reason });
		}
		for (const reply of events.filter(({ event }) => event === 'message.received')) {
			const result = await onReply(resumeContext, state, reply);
			if (result) return end(result, reply);
		}
		return undefined;
	}

	return {
		planSuspension: planReplyWait,
		onEvents,
		/** Finds replies whose postback was missed, or was posted to the URL of another question. */
		async onLookUp(resumeContext, last) {
			const { waitId } = resumeContext;
			const state = resumeContext.state as unknown as ReplyState;
			const { message, code, askedAt } = state;
			const ids = [message.messageId ?? '', ...historyOf(waitId).ids];
			const asked = {
				ids,
				helpReference: helpReference(message),
				code,
				askedAt: new Date(askedAt),
			};
			const found = await findReplies(resumeContext, asked).catch(() => []);
			const now = new Date().toISOString();
			const events = found.map((event) => completeEvent(message.provider, now, event));
			const outputs = await onEvents(resumeContext, events);
			const unmatchedReplies = unmatchedOf(waitId);
			if (outputs || !last || unmatchedReplies.length === 0) return outputs;
			return endWait(waitId, state, timedOutput(state, unmatchedReplies));
		},
	};
}
