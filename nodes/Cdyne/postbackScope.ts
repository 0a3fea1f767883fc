import type { INodeProperties } from 'n8n-workflow';
import { normalizeInput } from '../shared/input/normalizeInput';
import { requireValue } from '../shared/input/required';
import type { Scope } from './api/postbackSettings';
import { parseSender } from './number';

export const scopeField: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'options',
	options: [
		{ name: 'License Key', value: 'licenseKey', description: 'All numbers of the license key' },
		{ name: 'Phone Number', value: 'phoneNumber', description: 'One of your numbers' },
	],
	default: 'licenseKey',
	description: 'Which numbers the setting applies to',
};

export const numberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 17575550100',
	description: 'One of your numbers or short codes',
	displayOptions: { show: { scope: ['phoneNumber'] } },
};

export const countryField: INodeProperties = {
	displayName: 'Country',
	name: 'country',
	type: 'string',
	default: 'US',
	description: 'Two-letter code of the country of that number',
	displayOptions: { show: { scope: ['phoneNumber'] } },
};

/**
 * The scope that the fields of the panel select.
 *
 * @throws Failure if the phone number is needed and is neither a phone number nor a short code
 */
export function scopeFor(scope: string, phoneNumber: string, country: string): Scope {
	if (scope !== 'phoneNumber') return {};
	const advice = 'Enter one of your numbers or short codes.';
	const number = requireValue(phoneNumber, 'Phone Number', advice);
	return {
		phoneNumber: parseSender(number, 'Phone Number'),
		country: normalizeInput(country).toUpperCase() || 'US',
	};
}
