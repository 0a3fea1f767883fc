import { defaultCountryOption, limitField, returnAllField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import { messageShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { sentBeforeOption } from '../fields';
import { historyFor } from '../history';
import { toNamirialNumber } from '../number';

export const getManyByPhoneNumber: Operation<Api> = {
	resource: 'message',
	operation: 'getManyByPhoneNumber',
	name: 'Get Many by Phone Number',
	action: 'Get messages by phone number',
	description: 'Look up the messages sent to a number, the latest first',
	forModel:
		'For finding what was texted to somebody before, and whether it has arrived. It sends nothing.',
	fields: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +39 333 111 2233',
			description: 'Phone number of the recipient, in any usual form',
		},
		returnAllField,
		limitField,
	],
	options: [sentBeforeOption, defaultCountryOption],
	gives: messageShape,
	run: async (item, api) => {
		const phoneNumber = toNamirialNumber(item.text('phoneNumber'), item.option('defaultCountry'));
		const found = await historyFor(item, api, { phoneNumber });
		// messages do not name their number, but here it is the one asked for
		return found.map(({ message, raw }) => messageOutput({ ...message, to: phoneNumber }, raw));
	},
};
