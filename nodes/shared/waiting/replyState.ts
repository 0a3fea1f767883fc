import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isAgentTool } from '../host/agentTool';
import { coerceChoice } from '../input/coerce';
import type { Item } from '../input/item';
import type { SmsMessage } from '../model/message';
import { messageOutput, type Output } from '../model/output';
import type { SuspensionPlan } from '../provider/waitStrategy';
import { describeReply, readExpectedReplies } from './expectedReplies';
import { replyOutput, type UnmatchedReply } from './replyOutcome';
import { signedResumeUrl } from './resumeUrl';

/** What n8n stores while an execution waits for a reply, and the options from which it is made. */

const OTHER_REPLIES = ['help', 'output'] as const;

/** What happens to a reply that matches none of the words. */
export const otherRepliesOptions: INodeProperties[] = [
	{
		displayName: 'Help Text',
		name: 'helpText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Please reply YES or NO.',
		description:
			'The text to send, once, after a reply that matches none of the words. If empty, it names the words. A single choice has no help text unless you enter one.',
	},
	{
		displayName: 'Other Replies',
		name: 'otherReplies',
		type: 'options',
		options: [
			{
				name: 'Send the Help Text',
				value: 'help',
				description: 'Keep waiting. The output lists these replies in unmatchedReplies.',
			},
			{
				name: 'Output the Reply',
				value: 'output',
				description: 'End the wait with the reply and the outcome "other"',
			},
		],
		default: 'help',
		description: 'What happens to a reply that matches none of the words',
	},
];

export interface ReplyState {
	message: SmsMessage;
	words: string[];
	approval: boolean;
	/** Empty for none. */
	helpText: string;
	otherReplies: (typeof OTHER_REPLIES)[number];
	code?: string;
	asTool: boolean;
	/** ISO 8601, UTC. */
	askedAt: string;
}

/** Checks the options before the send. @throws Failure if one is not valid */
export function checkReplyOptions(item: Item): void {
	readOtherReplies(item);
	item.option('helpText');
}

function readOtherReplies(item: Item): (typeof OTHER_REPLIES)[number] {
	const { otherReplies } = item.options;
	return coerceChoice(otherReplies, OTHER_REPLIES, 'help', item.label('otherReplies'));
}

/** Plans the wait for a reply to a sent message; the output if the limit has passed already. */
export function planReplyWait(
	item: Item,
	[sent]: Output[],
	until: Date,
): SuspensionPlan | Output[] {
	const message = sent.json as unknown as SmsMessage;
	const { words, approval, code } = readExpectedReplies(item);
	const described = describeReply({ words, code });
	const state: ReplyState = {
		message,
		words,
		approval,
		helpText: item.option('helpText') ?? (described ? `Please reply ${described}.` : ''),
		otherReplies: readOtherReplies(item),
		code,
		asTool: isAgentTool(item.context),
		askedAt: new Date().toISOString(),
	};
	const outputsAtLimit = [timedOutput(state, [])];
	if (until.getTime() <= Date.now()) return outputsAtLimit;
	const { messageId, referenceId, to } = message;
	return {
		state: state as unknown as IDataObject,
		until,
		outputsAtLimit,
		outputsWhileWaiting: [messageOutput(message)],
		executionNames: { messageId, referenceId },
		lookupUrl: signedResumeUrl(item.context),
		// a reply may have arrived as one to another question
		looksUpOften: code !== undefined,
		...(to !== null && { question: { to, code } }),
	};
}

/** The output of a wait that ended without a reply. */
export function timedOutput(state: ReplyState, unmatched: UnmatchedReply[]): Output {
	const { approval } = state;
	const result = {
		outcome: 'timedOut',
		approved: approval ? false : null,
		choice: null,
		reason: 'No reply was received in time',
	} as const;
	return replyOutput(state, result, unmatched);
}
