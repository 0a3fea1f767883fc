import { throwInvalidInput } from '../../shared/errors/failure';
import { requireMessage, textOptions } from '../../shared/input/messageText';
import { sentMessageSchema } from '../../shared/model/message';
import { countSegments } from '../../shared/model/segments';
import {
	defaultCountryOption,
	messageField,
	statusUpdatesFields,
	toField,
} from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { limitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import { sendSimple } from '../api/texts';
import { draftsOf, requireOneRecipient, statusUrlOf } from '../sending';

export const sendSimpleMessage: Operation<Api> = {
	resource: 'message',
	operation: 'sendSimple',
	name: 'Send Simple',
	action: 'Send a simple SMS',
	description: 'Send a plain text to one number, without further settings',
	aiHint: 'For telling one person something by SMS with no further settings.',
	sends: true,
	fields: [toField, messageField, ...statusUpdatesFields],
	options: [defaultCountryOption, dryRunOption, ...limitOptions, ...textOptions],
	outputSchema: sentMessageSchema,
	run: async (item, api, sends) => {
		const text = requireMessage(item, false);
		const recipients = requireOneRecipient(item);
		const { segments, encoding } = countSegments(text, false);
		// INFERRED: SimpleSMSsend has no flag for Unicode, so it cannot send such texts
		if (encoding === 'UCS-2') {
			throwInvalidInput(
				'Send Simple cannot send characters outside the GSM alphabet, and this text contains some',
				'Use Send, which sends such texts as Unicode.',
			);
		}
		const statusUrl = statusUrlOf(item, api);
		if (isDryRun(item)) return sends.dryRun(draftsOf(recipients, { text, joined: false }));
		const number = String(recipients[0].number);
		return await sends.send({
			intents: [{ recipient: number }],
			send: async () => await sendSimple(api, { number, text, statusUrl, segments, encoding }),
		});
	},
};
