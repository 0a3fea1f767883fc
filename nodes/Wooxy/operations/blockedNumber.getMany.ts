import { defaultCountryOption, limitField, returnAllField } from '../../shared/fields';
import { limitOf } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import { blockedShape, getBlockedNumbers } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { REJECT_WORDS, rejectTypes } from '../blockedNumbers';
import { phoneNumberField } from '../fields';
import { toWooxyNumber } from '../number';

export const getManyBlockedNumbers: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get blocked numbers',
	description: 'Look up numbers on the black list',
	fields: [
		{
			...phoneNumberField,
			required: false,
			description:
				'The number to look for, in any usual form. Wooxy asks for one; left empty, it is left out of the request.',
		},
		{
			displayName: 'Reject Type',
			name: 'rejectType',
			type: 'options',
			options: [{ name: 'Any', value: '', description: 'Whatever the reason' }, ...rejectTypes],
			default: '',
			description: 'Only numbers that are blocked for this reason',
		},
		returnAllField,
		limitField,
	],
	options: [defaultCountryOption],
	gives: blockedShape,
	run: async (item, api) => {
		const number = item.text('phoneNumber').trim();
		const rejectType = item.choice('rejectType', ['', ...REJECT_WORDS], '');
		const by = {
			...(number && { phoneNumber: toWooxyNumber(number, item.option('defaultCountry')) }),
			...(rejectType && { rejectType }),
		};
		return await getBlockedNumbers(api, by, limitOf(item));
	},
};
