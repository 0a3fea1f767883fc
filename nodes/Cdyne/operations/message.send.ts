import { randomUUID } from 'crypto';
import type { Item, Operation } from '../../shared/operation';
import {
	defaultCountryOption,
	messageField,
	statusUpdatesFields,
	toField,
} from '../../shared/fields';
import { lookUpLostSend } from '../../shared/lookUpLostSend';
import { requireMessage } from '../../shared/messageText';
import { encodingOf, countSegments } from '../../shared/segments';
import { statusAddress } from '../../shared/statusAddress';
import { scheduledAtOption } from '../../shared/time';
import { sendSms } from '../api';
import type { Api, Report } from '../api';
import { concatenateOption, fromOption, referenceIdOption, scheduledAtField } from '../fields';
import { recipientsOf, resultsOf, takenSince } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one or several numbers (AdvancedSMSsend)',
	sends: true,
	fields: [
		{
			...toField,
			description: 'Phone number of the recipient, in any usual form; several separated by commas',
		},
		messageField,
		...statusUpdatesFields,
	],
	options: [
		referenceIdOption,
		fromOption,
		scheduledAtField,
		concatenateOption,
		defaultCountryOption,
	],
	run: async (item, api) => resultsOf(await sendToAll(item, api)),
};

/** Sends to every recipient of the item; a lost answer is looked up by the references. */
async function sendToAll(item: Item, api: Api): Promise<Report[]> {
	const text = requireMessage(item);
	const numbers = recipientsOf(item);
	const given = item.option('referenceId');
	// several messages may share a reference, but one of a kind ties the answer to its number
	const to = numbers.map((number) => ({ number, reference: given ?? randomUUID() }));
	const concatenate = item.options.concatenate !== false;
	const { segments } = countSegments(text, concatenate);
	const calledAt = Date.now();
	const known = (report: Report): Report => ({
		...report,
		message: { ...report.message, segments },
	});
	try {
		const sent = await sendSms(api, to, {
			text,
			isUnicode: encodingOf(text) === 'UCS-2',
			concatenate,
			from: item.option('from'),
			scheduledAt: scheduledAtOption(item),
			statusUrl: statusAddress(item, api.postbackToken),
		});
		return sent.map(known);
	} catch (error) {
		const found = await lookUpLostSend(item, error, given ?? to[0].reference, async () =>
			takenSince(api, to, calledAt, given === undefined),
		);
		return found.map(known);
	}
}
