import { defaultCountryOption } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { FLAG, TEXT } from '../../shared/schema';
import { blockNumber } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { REJECT_WORDS, rejectTypes } from '../blockedNumbers';
import { phoneNumberField } from '../fields';
import { toWooxyNumber } from '../number';

export const addBlockedNumber: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'add',
	name: 'Add',
	action: 'Block a number',
	description: 'Put a number on the black list, so that no text goes there any more',
	fields: [
		phoneNumberField,
		{
			displayName: 'Reject Type',
			name: 'rejectType',
			type: 'options',
			options: rejectTypes,
			default: 'import',
			description: 'Why the number is blocked',
		},
	],
	options: [defaultCountryOption],
	gives: { provider: TEXT, phoneNumber: TEXT, rejectType: TEXT, blocked: FLAG },
	run: async (item, api) => {
		const phoneNumber = toWooxyNumber(item.text('phoneNumber'), item.option('defaultCountry'));
		const rejectType = item.choice('rejectType', REJECT_WORDS, 'import');
		return [await blockNumber(api, phoneNumber, rejectType)];
	},
};
