import { defaultCountryOption } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { parsePhone } from '../../shared/phone';
import { PROVIDER } from '../name';
import { unblockNumber } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { phoneNumberField } from '../fields';

export const deleteBlockedNumber: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'delete',
	name: 'Delete',
	action: 'Unblock a number',
	description: 'Take a number off the black list',
	fields: [phoneNumberField],
	options: [defaultCountryOption],
	run: async (item, api) => {
		const phoneNumber = parsePhone(item.text('phoneNumber'), item.option('defaultCountry'));
		const raw = await unblockNumber(api, phoneNumber);
		return [{ json: { provider: PROVIDER, phoneNumber, blocked: false }, raw }];
	},
};
