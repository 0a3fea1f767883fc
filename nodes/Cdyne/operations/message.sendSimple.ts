import { dryRunOption, isDryRun } from '../../shared/dryRun';
import { failInput } from '../../shared/errors';
import {
	defaultCountryOption,
	messageField,
	statusUpdatesFields,
	toField,
} from '../../shared/fields';
import { sentShape } from '../../shared/message';
import { requireMessage, textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { checkRetry } from '../../shared/retried';
import { countSegments } from '../../shared/segments';
import { statusAddress } from '../../shared/statusAddress';
import type { Api } from '../api/connection';
import { sendSimple } from '../api/texts';
import { draftsOf, numbersOf, oneRecipient, outputsOf } from '../sending';

export const sendSimpleMessage: Operation<Api> = {
	resource: 'message',
	operation: 'sendSimple',
	name: 'Send Simple',
	action: 'Send a simple SMS',
	description: 'Send a plain text to one number, with as little as possible',
	forModel: 'For telling one person something by SMS with no further settings.',
	sends: true,
	fields: [toField, messageField, ...statusUpdatesFields],
	options: [defaultCountryOption, dryRunOption, ...textOptions],
	gives: sentShape,
	run: async (item, api) => {
		const text = requireMessage(item, false);
		const recipients = oneRecipient(item);
		const [number] = numbersOf(recipients);
		const { encoding, segments } = countSegments(text, false);
		if (encoding === 'UCS-2') {
			failInput(
				'Send Simple cannot carry characters outside the GSM alphabet, and this text has some',
				'Use Send, which sends such texts as Unicode.',
			);
		}
		const statusUrl = statusAddress(item, api.postbackToken);
		if (isDryRun(item)) return draftsOf(recipients, { text, joined: false });
		checkRetry(item);
		const report = await sendSimple(api, number, text, statusUrl);
		return outputsOf(recipients, [[report]], { segments, encoding });
	},
};
