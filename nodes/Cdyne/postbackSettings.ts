import type { Item, Output } from '../shared/item';
import { asTyped } from '../shared/pasted';
import { required } from '../shared/required';
import { FLAG, TEXT, TEXT_OR_NULL } from '../shared/schema';
import type { PostbackSetting, Scope } from './api/postbackSettings';
import { PROVIDER } from './name';
import { toCdyneSender } from './number';

/** Our words for the types of postback, and CDYNE's. */
export const TYPE_NAMES = {
	all: 'All',
	deliveryReceipt: 'DeliveryReceipt',
	incomingMessage: 'IncomingMessage',
	outgoingMessage: 'OutgoingMessage',
} as const;

export const POSTBACK_WORDS = Object.keys(TYPE_NAMES) as Array<keyof typeof TYPE_NAMES>;

/** Our word for a type that came. */
function typeWord(name: string): string {
	const known = Object.entries(TYPE_NAMES).find(([, theirs]) => theirs === name);
	return known?.[0] ?? name;
}

/** One of your own numbers: short codes stay as they are. */
export function scopeFor(scope: string, phoneNumber: string, country: string): Scope {
	if (scope !== 'phoneNumber') return {};
	const advice = 'Give one of your numbers or short codes.';
	const number = required(phoneNumber, 'phone number', advice);
	return {
		phoneNumber: toCdyneSender(number, 'Phone Number'),
		country: asTyped(country).toUpperCase() || 'US',
	};
}

export function scopeOf(item: Item): Scope {
	const scope = item.choice('scope', ['licenseKey', 'phoneNumber'], 'licenseKey');
	if (scope !== 'phoneNumber') return {};
	return scopeFor(scope, item.text('phoneNumber'), item.text('country'));
}

export const settingShape = {
	provider: TEXT,
	postbackType: TEXT,
	url: TEXT_OR_NULL,
	enabled: FLAG,
	phoneNumber: TEXT_OR_NULL,
	country: TEXT_OR_NULL,
};

export function settingOutput({
	postbackType,
	url,
	enabled,
	phoneNumber,
	country,
	raw,
}: PostbackSetting): Output {
	return {
		json: {
			provider: PROVIDER,
			postbackType: typeWord(postbackType.name),
			url,
			enabled,
			phoneNumber,
			country,
		},
		raw,
	};
}
