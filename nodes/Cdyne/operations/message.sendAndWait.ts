import { outgoingText, textOptions } from '../../shared/input/messageText';
import { accepted, type Outcome } from '../../shared/model/outcome';
import { countSegments } from '../../shared/model/segments';
import { defaultCountryOption, messageField, toField } from '../../shared/panel/fields';
import type { Operation, WaitLimit } from '../../shared/provider/operation';
import type { ResumeContext } from '../../shared/provider/waitStrategy';
import { dryRunOption } from '../../shared/sending/dryRun';
import { sendOnceOptions } from '../../shared/sending/options';
import {
	requireExpectedReplies,
	requireQuestion,
	responseFields,
	withInstructions,
} from '../../shared/waiting/expectedReplies';
import { signedResumeUrl } from '../../shared/waiting/resumeUrl';
import {
	type HelpText,
	helpTextOption,
	replySchema,
	waitForReply,
} from '../../shared/waiting/waitForReply';
import { limitWaitTimeOption } from '../../shared/waiting/waitLimit';
import { type Api, connect } from '../api/connection';
import { getByReference } from '../api/status';
import { sendSms } from '../api/texts';
import { RESERVED_WORDS } from '../codes';
import { concatenateOption, fromOption, referenceIdOption } from '../fields';
import { isJoined, requireOneRecipient, sendItem } from '../sending';

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
	fields: [toField, messageField, ...responseFields],
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
	outputSchema: replySchema,
	waitLimit: LIMIT,
	run: async (item, api, sends) =>
		await sendItem(item, api, sends, {
			text: outgoingText(
				item,
				withInstructions(requireQuestion(item), requireExpectedReplies(item, RESERVED_WORDS)),
				isJoined(item),
			),
			recipients: requireOneRecipient(item),
			statusUrl: signedResumeUrl(item.context),
		}),
	// a Help Text that is not valid is an error before the send
	checkWait: (item) => void item.option('helpText'),
	wait: waitForReply(sendHelp),
};

/** Sends the help text once: if CDYNE knows its reference, it was sent before. */
async function sendHelp(
	{ context }: ResumeContext,
	{ to, from, text, reference }: HelpText,
): Promise<Outcome> {
	const api = await connect(context);
	if ((await getByReference(api, reference)).reports.length > 0) return accepted([]);
	const { segments, encoding } = countSegments(text, true);
	const help = {
		segments,
		encoding,
		number: to,
		reference,
		text,
		...(from && { from }),
		// INFERRED: CDYNE matches the next reply to this text, so it must be posted here too
		statusUrl: signedResumeUrl(context),
	};
	const textEncoding = { isUnicode: encoding === 'UCS-2', concatenate: true };
	const [outcome] = await sendSms(api, [help], textEncoding);
	return outcome;
}
