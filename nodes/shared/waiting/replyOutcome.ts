import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toE164 } from '../formats/phoneNumber';
import type { PostbackEvent } from '../model/event';
import type { SmsMessage } from '../model/message';
import type { Output } from '../model/output';
import {
	type FieldSchema,
	FLAG_OR_NULL,
	listOf,
	objectWith,
	TEXT,
	TEXT_OR_NULL,
} from '../model/schema';
import { outputOf } from './routeOutputs';

/** How a wait for a reply ends, and its output item. */

export type ReplyOutcome = 'answered' | 'declined' | 'other' | 'failed' | 'timedOut';

/** A reply that matched none of the words. */
export interface UnmatchedReply {
	text: string;
	/** ISO 8601, UTC. */
	receivedAt: string;
}

export interface ReplyResult {
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
	unmatchedReplies: listOf(objectWith({ text: TEXT, receivedAt: TEXT })),
} satisfies Record<keyof ReplyResult, FieldSchema> & Record<string, FieldSchema>;

/** Says in the panel how a wait ends. */
export const outcomeNotice: INodeProperties = {
	displayName:
		'The field <code>outcome</code> of the item says how the wait ended: at Replied <code>answered</code>, <code>declined</code> (by the word to decline, or an opt-out) or <code>other</code> (see Other Replies); at Failed <code>failed</code>, as the message was not delivered; at Timed Out <code>timedOut</code>.',
	name: 'outcomeNotice',
	type: 'notice',
	default: '',
};

/** What an output needs besides how the wait ended. */
interface Waited {
	message: SmsMessage;
	/** An agent uses the node as a tool, and reads the first output only. */
	asTool: boolean;
}

/** @param event the reply, or the opt-out */
export function replyOutput(
	{ message, asTool }: Waited,
	result: ReplyResult,
	unmatchedReplies: UnmatchedReply[],
	event?: Pick<PostbackEvent, 'text' | 'from' | 'to' | 'messageId' | 'occurredAt' | 'receivedAt'>,
): Output {
	const json: Record<keyof typeof replySchema, unknown> = {
		provider: message.provider,
		...result,
		text: event?.text ?? null,
		// only the recipient can reply, and networks may write the number differently in a reply
		from: toE164(message.to) ?? event?.from ?? null,
		to: event?.to ?? message.from,
		messageId: event?.messageId ?? null,
		inReplyTo: message.messageId,
		referenceId: message.referenceId,
		occurredAt: event?.occurredAt ?? event?.receivedAt ?? null,
		unmatchedReplies,
	};
	return { json: json as IDataObject, output: outputOf(result.outcome, asTool) };
}
