import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../shared/input/item';
import type { Output } from '../../shared/model/output';
import { FLAG, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import type { PostbackSetting, Scope } from '../api/postbackSettings';
import { PROVIDER } from '../name';
import { countryField, numberField, scopeField, scopeFor } from '../postbackScope';

export const scopeFields: INodeProperties[] = [
	scopeField,
	{ ...numberField, required: true },
	{ ...countryField, required: true },
];

/** The scope of an item. @throws Failure if its phone number is missing or not valid */
export function scopeOf(item: Item): Scope {
	const scope = item.choice('scope', ['licenseKey', 'phoneNumber'], 'licenseKey');
	if (scope !== 'phoneNumber') return {};
	return scopeFor(scope, item.text('phoneNumber'), item.text('country'));
}

/** CDYNE's names for the types of postbacks, by the values of this node. */
export const TYPE_NAMES = {
	all: 'All',
	deliveryReceipt: 'DeliveryReceipt',
	incomingMessage: 'IncomingMessage',
	outgoingMessage: 'OutgoingMessage',
} as const;

/** The node's value for CDYNE's name of a type. */
function postbackTypeValue(name: string): string {
	const entry = Object.entries(TYPE_NAMES).find(([, cdyneName]) => cdyneName === name);
	return entry?.[0] ?? name;
}

export const settingSchema = {
	provider: TEXT,
	postbackType: TEXT,
	url: TEXT_OR_NULL,
	enabled: FLAG,
	phoneNumber: TEXT_OR_NULL,
	country: TEXT_OR_NULL,
};

export function settingOutput(setting: PostbackSetting): Output {
	const { postbackType, url, enabled, phoneNumber, country, raw } = setting;
	return {
		json: {
			provider: PROVIDER,
			postbackType: postbackTypeValue(postbackType.name),
			url,
			enabled,
			phoneNumber,
			country,
		},
		raw,
	};
}
