import { FLAG, TEXT } from '../../shared/model/schema';
import { defaultCountryOption } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { blockNumber } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { toWooxyNumber } from '../number';
import { phoneNumberField, REJECT_TYPES, rejectTypeOptions } from './blockedNumber';

export const addBlockedNumber: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'add',
	name: 'Add',
	action: 'Block a number',
	description: 'Add a number to the blacklist, so that it gets no more texts',
	fields: [
		phoneNumberField,
		{
			displayName: 'Reject Type',
			name: 'rejectType',
			type: 'options',
			options: rejectTypeOptions,
			default: 'import',
			description: 'Why the number is blocked',
		},
	],
	options: [defaultCountryOption],
	outputSchema: { provider: TEXT, phoneNumber: TEXT, rejectType: TEXT, blocked: FLAG },
	run: async (item, api) => {
		const phoneNumber = toWooxyNumber(item.text('phoneNumber'), item.option('defaultCountry'));
		const rejectType = item.choice('rejectType', REJECT_TYPES, 'import');
		return [await blockNumber(api, phoneNumber, rejectType)];
	},
};
