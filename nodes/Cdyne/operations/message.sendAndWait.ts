import { dryRunOption } from '../../shared/dryRun';
import { defaultCountryOption, messageField, toField } from '../../shared/fields';
import { outgoingText, textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import {
	answersOf,
	messageToAnswer,
	responseFields,
	withInstructions,
} from '../../shared/replyWords';
import { encodingOf } from '../../shared/segments';
import { sendOnceOptions } from '../../shared/sendOnce';
import type { Waiting } from '../../shared/wait';
import { helpTextOption, replyShape, waitForReply } from '../../shared/waitForReply';
import type { Help } from '../../shared/waitForReply';
import { limitWaitTimeFields, limitWaitTimeOption } from '../../shared/waitLimit';
import { connect } from '../api/connection';
import type { Api } from '../api/connection';
import { getByReference } from '../api/status';
import { sendSms } from '../api/texts';
import { RESERVED_WORDS } from '../codes';
import { concatenateOption, fromOption, referenceIdOption } from '../fields';
import { isJoined, oneRecipient, sendItem } from '../sending';

/** How long to wait where the user has not said. */
const LIMIT = { amount: 1, unit: 'days' } as const;

export const sendAndWait: Operation<Api> = {
	resource: 'message',
	// under this name n8n signs the resume address and offers the node to agents as a human review
	operation: 'sendAndWait',
	name: 'Send and Wait for Reply',
	action: 'Send an SMS and wait for the reply',
	description: 'Send a text and go on with the answer that is typed on the handset',
	forModel:
		'For asking somebody a question by SMS when their answer is needed to go on: the answer comes back as what this tool gives.',
	sends: true,
	fields: [toField, messageField, ...responseFields, ...limitWaitTimeFields(LIMIT)],
	options: [
		limitWaitTimeOption(LIMIT),
		referenceIdOption,
		fromOption,
		concatenateOption,
		defaultCountryOption,
		dryRunOption,
		...textOptions,
		helpTextOption,
		...sendOnceOptions,
	],
	gives: replyShape,
	run: async (item, api) =>
		await sendItem(item, api, {
			text: outgoingText(
				item,
				withInstructions(messageToAnswer(item), answersOf(item, RESERVED_WORDS)),
				isJoined(item),
			),
			recipients: oneRecipient(item),
			statusUrl: item.context.getSignedResumeUrl(),
		}),
	wait: waitForReply(sendHelp),
};

/** Answers what is no choice, once: a reference that is known is that of a text that is out. */
async function sendHelp({ context }: Waiting, { to, from, text, reference }: Help) {
	const api = await connect(context);
	if ((await getByReference(api, reference)).length > 0) return;
	const help = {
		number: to,
		reference,
		text,
		...(from && { from }),
		// the answer is matched to the latest message, so it has to come here as well
		statusUrl: context.getSignedResumeUrl(),
	};
	await sendSms(api, [help], { isUnicode: encodingOf(text) === 'UCS-2', concatenate: true });
}
