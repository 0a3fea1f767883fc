import type { IDataObject } from 'n8n-workflow';
import { objectWith } from '../../../nodes/shared/model/schema';
import type { FieldSchema, OutputSchema } from '../../../nodes/shared/model/schema';

/** Fields that only some items have. */
const OPTIONAL_FIELDS = [
	'alreadySent',
	'dryRun',
	'warning',
	'scheduledAt',
	'scheduledFor',
	'campaignRef',
];

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** The differences between a value and its schema. */
function differences(
	{ type, properties, items }: FieldSchema,
	value: unknown,
	path: string,
): string[] {
	const actualType = typeOf(value);
	if (!([type].flat() as string[]).includes(actualType)) return [`${path} is ${actualType}`];
	if (Array.isArray(value)) {
		if (!items) return [];
		return value.flatMap((entry, index) => differences(items, entry, `${path}[${index}]`));
	}
	if (actualType !== 'object' || !properties) return [];
	return Object.entries(value as object).flatMap(([name, member]) =>
		name in properties
			? differences(properties[name], member, `${path}.${name}`)
			: [`${path}.${name} is in no schema`],
	);
}

/** What items contain that their schema does not allow. No items are a misfit too. */
export function misfits(schema: OutputSchema, items: IDataObject[]): string[] {
	if (items.length === 0) return ['there is no item'];
	return items.flatMap((item, index) => differences(objectWith(schema), item, `items[${index}]`));
}

/** The fields of a schema that some item lacks. */
export function missing(schema: OutputSchema, items: IDataObject[]): string[] {
	return Object.keys(schema).filter(
		(name) => !OPTIONAL_FIELDS.includes(name) && items.some((item) => !(name in item)),
	);
}
