import { failInput } from '../../shared/errors';
import { messageField } from '../../shared/fields';
import type { Item } from '../../shared/item';
import { sentShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import type { Api } from '../api/connection';
import type { OnBehalf } from '../api/messages';
import { sendOptions, statusFields, toField } from '../fields';
import { sendItem } from '../sending';

export const sendOnBehalf: Operation<Api> = {
	resource: 'message',
	operation: 'sendOnBehalf',
	name: 'Send on Behalf',
	action: 'Send an SMS on behalf of an account',
	description: 'As an administrator, send a text for another account',
	sends: true,
	fields: [
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. branch-milano',
			description: 'Username of the account to send for',
		},
		toField,
		messageField,
		...statusFields,
	],
	options: [
		...sendOptions,
		{
			displayName: 'Registration Authority (LRA)',
			name: 'lra',
			type: 'number',
			default: 0,
			description: 'ID of the Local Registration Authority to book the message to, a whole number',
		},
	],
	gives: sentShape,
	run: async (item, api) => await sendItem(item, api, { onBehalf: onBehalfOf(item) }),
};

function onBehalfOf(item: Item): OnBehalf {
	const advice = 'Give the username of the account to send for.';
	const account = required(item.text('account'), 'account', advice);
	const given = item.option('lra');
	if (given === undefined) return { account };
	const lra = Number(given);
	if (!Number.isInteger(lra)) {
		failInput(`The LRA "${given}" is not a whole number`, 'Give the ID as digits, such as 12.');
	}
	return { account, lra };
}
