import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../../shared/errors/failure';
import { quoted } from '../../shared/errors/quoted';
import { calendarDay } from '../../shared/input/calendarDay';
import { coerceBoolean, coerceText } from '../../shared/input/coerce';
import type { Item } from '../../shared/input/item';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { changeSchema, upsertContact } from '../api/contacts';
import { contactFields } from '../contactFields';
import { requireContact } from '../contactInput';
import { contactField, contactListField, variablesField } from '../fields';
import { contactKind, normalizeContactNumber } from '../number';
import { readVariables } from '../sending';

export const upsertContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a contact',
	description:
		'Create a new record, or update the current one if it already exists (upsert); Wooxy applies the change a moment later',
	fields: [
		contactListField,
		contactField,
		contactFields,
		{ ...variablesField, description: 'Custom variables to store with the contact' },
	],
	outputSchema: changeSchema,
	run: async (item, api) => {
		const key = requireContact(item);
		const variables = readVariables(item.entries('variables'), item);
		const fields: IDataObject = {
			...readFields(item, key.contact),
			...(variables.length > 0 && { variables: variables as unknown as IDataObject[] }),
		};
		return [await upsertContact(api, key, fields)];
	},
};

/** Fields that can be numbers too; in all others, a number from an expression becomes text. */
const NUMBER_FIELDS: ReadonlySet<string> = new Set(['contactGender', 'contactScore']);

const FLAG_FIELDS: ReadonlySet<string> = new Set(
	(contactFields.options as INodeProperties[])
		.filter(({ type }) => type === 'boolean')
		.map(({ name }) => name),
);

function coerceField(name: string, value: unknown, label: string): unknown {
	if (FLAG_FIELDS.has(name)) return coerceBoolean(value, false, label);
	return NUMBER_FIELDS.has(name) && typeof value === 'number' ? value : coerceText(value, label);
}

/** The fields of the contact to store; empty ones are left out. */
function readFields(item: Item, contact: string): IDataObject {
	const { contactBirthday, ...others } = item.collection('fields');
	const fields = Object.fromEntries(
		Object.entries(others)
			.filter(([, value]) => value !== '' && value !== null)
			.map(([name, value]) => [name, coerceField(name, value, item.label(name))]),
	) as IDataObject;
	if (!['', null, undefined].includes(contactBirthday as string)) {
		fields.contactBirthday = requireDate(contactBirthday, item, item.label('contactBirthday'));
	}
	if (typeof fields.phoneNumber === 'string') {
		fields.phoneNumber = normalizeContactNumber(fields.phoneNumber);
	}
	// INFERRED: whether a contact is created from `contact` alone is not published, so its e-mail
	// address or number is among its fields too
	const kind = contactKind(contact);
	if (kind !== 'userId' && !Object.hasOwn(fields, kind)) fields[kind] = contact;
	return fields;
}

/** `YYYY-MM-DD`; of a date and time, as n8n's date picker returns it, the date. */
function requireDate(value: unknown, item: Item, label: string): string {
	const shown = typeof value === 'object' ? 'from the expression' : quoted(String(value));
	return (
		calendarDay(value, item.context.getTimezone()) ??
		throwInvalidInput(`${label} ${shown} is not a date`, 'Enter it as 1990-01-31, without a time.')
	);
}
