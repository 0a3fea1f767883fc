import type { Account } from './account';
import { refuseIf } from './codes';
import { begin } from './life';
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

/** docs/providers/skycore.md 3.2. @throws Refusal */
export function sendSms(account: Account, fields: Fields): () => Element[] {
	const given = fields.text('TO');
	refuseIf(given === '', 'E201');
	const to = readNumber(account.settings, given, 'E110');
	const from = fields.text('FROM');
	checkSender(account, from, given);
	refuseIf(fields.text('TEXT') === '', 'E712', given);
	const text = limitText(account, fields.text('TEXT'), given);
	checkOperator(account, fields, given);
	checkCampaign(account, fields, to);
	checkRecipient(account, to);
	return () => {
		const id = account.ids.trackingIds(account.settings.trackingIds, 'SMS')();
		begin(account, {
			kind: 'sms',
			id,
			to,
			from: senderFor(account, from, to),
			fromMask: maskFor(fields, to),
			text,
			campaignRef: fields.text('CAMPAIGNREF') || undefined,
			heldMs: account.access.held('sendSMS'),
		});
		return [
			['STATUS', 'Success'],
			['TRACKINGID', id],
			['TO', to],
		];
	};
}
