import { rethrow } from '../../shared/errors/failure';
import { isAgentTool } from '../../shared/host/agentTool';
import type { Item } from '../../shared/input/item';
import { outgoingText, textOptions } from '../../shared/input/messageText';
import { defaultCountryOption, messageField, toField } from '../../shared/panel/fields';
import type { Output } from '../../shared/model/output';
import type { Operation, WaitLimit } from '../../shared/provider/operation';
import type { Sends } from '../../shared/provider/sendPlan';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { sendOnceOptions } from '../../shared/sending/options';
import { schedulingLimitOptions } from '../../shared/sending/sendLimits';
import {
	requireExpectedReplies,
	requireQuestion,
	responseFields,
	withInstructions,
} from '../../shared/waiting/expectedReplies';
import { signedResumeUrl } from '../../shared/waiting/resumeUrl';
import { distinguishQuestion } from '../../shared/waiting/openQuestions';
import { askForCodeOption } from '../../shared/waiting/replyCode';
import { outcomeNotice, replySchema } from '../../shared/waiting/replyOutcome';
import { checkReplyOptions, otherRepliesOptions } from '../../shared/waiting/replyState';
import { waitForReply } from '../../shared/waiting/waitForReply';
import { describeLimit, limitWaitTimeOption } from '../../shared/waiting/waitLimit';
import type { Api } from '../api/connection';
import { RESERVED_WORDS } from '../codes';
import { concatenateOption, fromOption, referenceIdOption } from '../fields';
import { isJoined, type Recipient, requireOneRecipient, sendItem } from '../sending';
import { findReplies, sendHelp } from '../replies';

const LIMIT: WaitLimit = { amount: 1, unit: 'days' };

export const sendAndWait: Operation<Api> = {
	resource: 'message',
	// with this name n8n signs the resume URL and offers the node to agents for human review
	operation: 'sendAndWait',
	name: 'Send and Wait for Reply',
	action: 'Send an SMS and wait for the reply',
	description: 'Send a text and continue with the reply from the handset',
	aiHint:
		'For asking somebody a question by SMS when their reply is needed to continue: the reply is the output of this tool.',
	sends: true,
	schedules: true,
	fields: [toField, messageField, ...responseFields, outcomeNotice],
	options: [
		limitWaitTimeOption(LIMIT),
		referenceIdOption,
		fromOption,
		concatenateOption,
		defaultCountryOption,
		dryRunOption,
		...schedulingLimitOptions,
		...textOptions,
		...otherRepliesOptions,
		askForCodeOption,
		...sendOnceOptions,
	],
	outputSchema: replySchema,
	waitLimit: LIMIT,
	run: async (item, api, sends) => {
		const recipients = requireOneRecipient(item);
		const [{ number }] = recipients;
		const isSent = typeof number === 'string' && !isDryRun(item);
		const withdraw = isSent ? await distinguishQuestion(item, number) : undefined;
		try {
			return await ask(item, api, sends, recipients);
		} catch (error) {
			withdraw?.();
			return rethrow(error);
		}
	},
	checkWait: checkReplyOptions,
	wait: waitForReply({ sendHelp, findReplies }),
};

async function ask(item: Item, api: Api, sends: Sends, recipients: Recipient[]): Promise<Output[]> {
	const expected = requireExpectedReplies(item, RESERVED_WORDS);
	// somebody who reviews an agent's tool does not know the workflow
	const isReview = expected.approval && isAgentTool(item.context);
	const limit = isReview ? describeLimit(item, LIMIT) : undefined;
	const text = withInstructions(requireQuestion(item), expected, limit);
	const outputs = await sendItem(item, api, sends, {
		text: outgoingText(item, text, isJoined(item)),
		recipients,
		statusUrl: signedResumeUrl(item.context),
	});
	return isDryRun(item) ? outputs.map((output) => withText(output, text)) : outputs;
}

/** The output of a dry run with the whole text, to which instructions may have been added. */
function withText(output: Output, text: string): Output {
	return { ...output, json: { ...output.json, text } };
}
