import { addHint } from '../../shared/host/internals';
import { limitOf } from '../../shared/input/options';
import { defaultCountryOption, limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { blockedNumberSchema, getBlockedNumbers } from '../api/blockedNumbers';
import type { Api } from '../api/connection';
import { toWooxyNumber } from '../number';
import { phoneNumberField, REJECT_TYPES, rejectTypeOptions } from './blockedNumber';

export const getManyBlockedNumbers: Operation<Api> = {
	resource: 'blockedNumber',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get blocked numbers',
	description: 'Find numbers on the blacklist',
	fields: [
		{
			...phoneNumberField,
			required: false,
			description:
				'The number to find, in any common format. Wooxy’s documentation requires one; if empty, it is left out of the request.',
		},
		{
			displayName: 'Reject Type',
			name: 'rejectType',
			type: 'options',
			options: [{ name: 'Any', value: '', description: 'For any reason' }, ...rejectTypeOptions],
			default: '',
			description: 'Only numbers that are blocked for this reason',
		},
		returnAllField,
		limitField,
	],
	options: [defaultCountryOption],
	outputSchema: blockedNumberSchema,
	run: async (item, api) => {
		const number = item.text('phoneNumber').trim();
		const rejectType = item.choice('rejectType', ['', ...REJECT_TYPES], '');
		const criteria = {
			...(number && { phoneNumber: toWooxyNumber(number, item.option('defaultCountry')) }),
			...(rejectType && { rejectType }),
		};
		return await getBlockedNumbers(api, criteria, limitOf(item), (text) =>
			addHint(item.context, text),
		);
	},
};
