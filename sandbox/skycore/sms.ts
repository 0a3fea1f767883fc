import type { Account } from './account';
import { rejectIf } from './codes';
import { startMessage } from './lifecycle';
import type { Fields } from './read';
import {
	checkCampaign,
	checkOperator,
	checkRecipient,
	checkSender,
	limitText,
	maskFor,
	readNumber,
	senderFor,
} from './recipients';
import type { Element } from './xml';

/** docs/providers/skycore.md 3.2. @throws Rejection */
export function sendSms(account: Account, fields: Fields): () => Element[] {
	const recipient = fields.text('TO');
	rejectIf(recipient === '', 'E201');
	const to = readNumber(account.settings, recipient, 'E110');
	const from = fields.text('FROM');
	checkSender(account, from, recipient);
	rejectIf(fields.text('TEXT') === '', 'E712', recipient);
	const text = limitText(account, fields.text('TEXT'), recipient);
	checkOperator(account, fields, recipient);
	checkCampaign(account, fields, to);
	checkRecipient(account, to);
	return () => {
		const id = account.ids.trackingIds(account.settings.trackingIds, 'SMS')();
		startMessage(account, {
			kind: 'sms',
			id,
			to,
			from: senderFor(account, from, to),
			fromMask: maskFor(fields, to),
			text,
			campaignRef: fields.text('CAMPAIGNREF') || undefined,
			delayMs: account.access.reserveDelay('sendSMS'),
		});
		return [
			['STATUS', 'Success'],
			['TRACKINGID', id],
			['TO', to],
		];
	};
}
