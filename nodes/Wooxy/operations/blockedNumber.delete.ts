import { defaultCountryOption } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { FLAG, TEXT } from '../../shared/schema';
import { unblockNumber } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { phoneNumberField } from '../fields';
import { toWooxyNumber } from '../number';

export const deleteBlockedNumber: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'delete',
	name: 'Delete',
	action: 'Unblock a number',
	description: 'Take a number off the black list',
	fields: [phoneNumberField],
	options: [defaultCountryOption],
	gives: { provider: TEXT, phoneNumber: TEXT, blocked: FLAG },
	run: async (item, api) => {
		const phoneNumber = toWooxyNumber(item.text('phoneNumber'), item.option('defaultCountry'));
		return [await unblockNumber(api, phoneNumber)];
	},
};
