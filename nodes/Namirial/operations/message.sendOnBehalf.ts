import { throwInvalidInput } from '../../shared/errors/failure';
import type { Item } from '../../shared/input/item';
import { requireValue } from '../../shared/input/required';
import { sentMessageSchema } from '../../shared/model/message';
import { messageField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import type { OnBehalf } from '../api/messages';
import { sendOptions, statusFields, toField } from '../fields';
import { sendItem } from '../sending';

export const sendOnBehalf: Operation<Api> = {
	resource: 'message',
	operation: 'sendOnBehalf',
	name: 'Send on Behalf',
	action: 'Send an SMS on behalf of an account',
	description: 'Send a text for another account, as an administrator',
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
	outputSchema: sentMessageSchema,
	run: async (item, api, sends) => await sendItem(item, api, sends, { onBehalf: onBehalfOf(item) }),
};

function onBehalfOf(item: Item): OnBehalf {
	const advice = 'Enter the username of the account to send for.';
	const account = requireValue(item.text('account'), 'Account', advice);
	const lraInput = item.option('lra');
	if (lraInput === undefined) return { account };
	const lra = Number(lraInput);
	if (!Number.isInteger(lra)) {
		throwInvalidInput(
			`Registration Authority (LRA) "${lraInput}" is not a whole number`,
			'Enter the ID in digits, such as 12.',
		);
	}
	return { account, lra };
}
