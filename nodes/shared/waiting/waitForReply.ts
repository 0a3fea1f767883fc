import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { rethrow } from '../errors/failure';
import { LruMap } from '../http/lruMap';
import type { Item } from '../input/item';
import type { PostbackEvent } from '../model/event';
import { isFinalStatus, type SmsMessage } from '../model/message';
import type { Outcome } from '../model/outcome';
import { messageOutput, type Output } from '../model/output';
import { type FieldSchema, FLAG_OR_NULL, TEXT, TEXT_OR_NULL } from '../model/schema';
import type { SuspensionPlan, WaitStrategy, ResumeContext } from '../provider/waitStrategy';
import { matchReply, joinWithOr, readExpectedReplies } from './expectedReplies';
import { isOwnId, isSameNumber } from './ownEvents';
import { historyOf, recordContinuations } from './statusHistory';

export const helpTextOption: INodeProperties = {
	displayName: 'Help Text',
	name: 'helpText',
	type: 'string',
	default: '',
	placeholder: 'e.g. Please reply YES or NO.',
	description: 'The text to send, once, after a reply that matches none of the words',
};

interface ReplyState {
	message: SmsMessage;
	words: string[];
	approval: boolean;
	helpText: string;
}

type ReplyOutcome = 'answered' | 'declined' | 'failed' | 'timedOut';

interface ReplyResult {
	outcome: ReplyOutcome;
	approved: boolean | null;
	choice: string | null;
	/** Why it ended without a reply. */
	reason: string | null;
}

/** The fields of the output after a wait. */
export const replySchema = {
	provider: TEXT,
	outcome: TEXT,
	approved: FLAG_OR_NULL,
	choice: TEXT_OR_NULL,
	reason: TEXT_OR_NULL,
	text: TEXT_OR_NULL,
	from: TEXT_OR_NULL,
	to: TEXT_OR_NULL,
	messageId: TEXT_OR_NULL,
	inReplyTo: TEXT_OR_NULL,
	referenceId: TEXT_OR_NULL,
	occurredAt: TEXT_OR_NULL,
} satisfies Record<keyof ReplyResult, FieldSchema> & Record<string, FieldSchema>;

/** @param event the reply, or the opt-out */
function replyOutput(message: SmsMessage, result: ReplyResult, event?: PostbackEvent): Output {
	const json: Record<keyof typeof replySchema, unknown> = {
		provider: message.provider,
		...result,
		text: event?.text ?? null,
		from: event?.from ?? message.to,
		to: event?.to ?? message.from,
		messageId: event?.messageId ?? null,
		inReplyTo: message.messageId,
		referenceId: message.referenceId,
		occurredAt: event?.occurredAt ?? event?.receivedAt ?? null,
	};
	return { json: json as IDataObject };
}

/** Plans the wait for a reply to a sent message; the output if the limit has passed already. */
function planSuspension(item: Item, [sent]: Output[], until: Date): SuspensionPlan | Output[] {
	const message = sent.json as unknown as SmsMessage;
	const { words, approval } = readExpectedReplies(item);
	const helpText = item.option('helpText') ?? `Please reply ${joinWithOr(words)}.`;
	const state: ReplyState = { message, words, approval, helpText };
	const outputsAtLimit = [
		replyOutput(message, {
			outcome: 'timedOut',
			approved: approval ? false : null,
			choice: null,
			reason: 'No reply was received in time',
		}),
	];
	if (until.getTime() <= Date.now()) return outputsAtLimit;
	const { messageId, referenceId } = message;
	return {
		state: state as unknown as IDataObject,
		until,
		outputsAtLimit,
		outputsWhileWaiting: [messageOutput(message)],
		executionNames: { messageId, referenceId },
	};
}

/** A text that says which replies are expected. */
export interface HelpText {
	/** The number whose reply matched none of the words. */
	to: string;
	from: string | null;
	text: string;
	/** The same for each help text of a message, so that a look-up shows whether one was sent. */
	reference: string;
}

/**
 * Whether an event is about the message of this wait. All waits of an execution have the same
 * resume URL, so in a loop, or in an agent's next review, a late or repeated reply to an earlier
 * message also arrives there.
 *
 * @param furtherIds the ids under which the provider sent the message again
 */
function isAboutMessage(
	message: SmsMessage,
	event: PostbackEvent,
	furtherIds: readonly string[],
): boolean {
	const { inReplyTo, messageId, referenceId } = event;
	if (event.event === 'message.status') return isOwnId(messageId, message, furtherIds);
	// only the recipient can reply; other people can text the same number
	if (message.to !== null && !isSameNumber(event.from, message.to)) return false;
	if (inReplyTo === null || isOwnId(inReplyTo, message, furtherIds)) return true;
	return referenceId?.toLowerCase() === helpReference(message).toLowerCase();
}

function helpReference({ messageId }: SmsMessage): string {
	return `help-${messageId}`;
}

/** Sends a help text, or looks it up if it was sent before. @throws Failure for a failed look-up */
type SendHelp = (resumeContext: ResumeContext, help: HelpText) => Promise<Outcome>;

/** Waits until the recipient replies. */
export function waitForReply(sendHelp: SendHelp): WaitStrategy {
	/** The references of those that were sent, or may have been: look-ups may not find them yet. */
	const sent = new LruMap<true>(10_000);

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

	return {
		planSuspension,
		async onEvents(resumeContext, received) {
			const { waitId } = resumeContext;
			const { message, words, approval, helpText } = resumeContext.state as unknown as ReplyState;
			const noReply = { choice: null, approved: approval ? false : null };
			recordContinuations(waitId, received, message);
			const { ids } = historyOf(waitId);
			const events = received.filter((event) => isAboutMessage(message, event, ids));

			const optOut = events.find(({ event }) => event === 'contact.optedOut');
			if (optOut) {
				const reason = 'The recipient opted out';
				const result: ReplyResult = { ...noReply, outcome: 'declined', approved: false, reason };
				return [replyOutput(message, result, optOut)];
			}
			const failedStatus = events.find(
				({ event, status, isFinal }) =>
					event === 'message.status' &&
					isFinal === true &&
					status !== null &&
					isFinalStatus(status) &&
					status !== 'delivered' &&
					status !== 'read',
			);
			if (failedStatus) {
				const reason = `The message was not delivered: ${failedStatus.providerStatus ?? failedStatus.status}`;
				return [replyOutput(message, { ...noReply, outcome: 'failed', reason })];
			}
			const reply = events.find(({ event }) => event === 'message.received');
			if (!reply) return undefined;
			const text = reply.text ?? '';
			// a picture without text is not a reply
			if (text.trim() === '') return undefined;
			const choice = words.length === 0 ? text : matchReply(text, words);
			if (choice === undefined) {
				const { from: to, to: from } = reply;
				const reference = helpReference(message);
				if (!to) return undefined;
				await sendHelpOnce(resumeContext, { to, from, text: helpText, reference });
				return undefined;
			}
			const approved = approval ? choice === words[0] : null;
			const outcome = approved === false ? 'declined' : 'answered';
			const word = words.length === 0 ? null : choice;
			return [replyOutput(message, { outcome, approved, choice: word, reason: null }, reply)];
		},
	};
}
