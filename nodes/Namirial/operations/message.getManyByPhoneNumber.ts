import { messageSchema } from '../../shared/model/message';
import { messageOutput } from '../../shared/model/output';
import { defaultCountryOption, limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { sentBeforeOption } from '../fields';
import { readHistory } from '../history';
import { toNamirialNumber } from '../number';
import { extraSchema } from '../wire';

export const getManyByPhoneNumber: Operation<Api> = {
	resource: 'message',
	operation: 'getManyByPhoneNumber',
	name: 'Get Many by Phone Number',
	action: 'Get messages by phone number',
	description: 'Look up the messages that were sent to a number, latest first',
	aiHint:
		'For finding what was texted to somebody before, and whether it has arrived. It sends nothing.',
	fields: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +39 333 111 2233',
			description: 'Phone number of the recipient, in any common format',
		},
		returnAllField,
		limitField,
	],
	options: [sentBeforeOption, defaultCountryOption],
	outputSchema: { ...messageSchema, ...extraSchema },
	run: async (item, api) => {
		const phoneNumber = toNamirialNumber(item.text('phoneNumber'), item.option('defaultCountry'));
		const reports = await readHistory(item, api, { phoneNumber });
		// messages do not contain their number, but here it is the one that was searched for
		return reports.map(({ message, raw }) => messageOutput({ ...message, to: phoneNumber }, raw));
	},
};
