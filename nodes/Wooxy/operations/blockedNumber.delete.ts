import { FLAG, TEXT } from '../../shared/model/schema';
import { defaultCountryOption } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { unblockNumber } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { toWooxyNumber } from '../number';
import { phoneNumberField } from './blockedNumber';

export const deleteBlockedNumber: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'delete',
	name: 'Delete',
	action: 'Unblock a number',
	description: 'Remove a number from the blacklist',
	fields: [phoneNumberField],
	options: [defaultCountryOption],
	outputSchema: { provider: TEXT, phoneNumber: TEXT, blocked: FLAG },
	run: async (item, api) => {
		const phoneNumber = toWooxyNumber(item.text('phoneNumber'), item.option('defaultCountry'));
		return [await unblockNumber(api, phoneNumber)];
	},
};
