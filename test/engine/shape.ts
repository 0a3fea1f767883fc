import type { IDataObject } from 'n8n-workflow';
import { objectWith, type Schema, type Shape } from '../../nodes/shared/schema';

/** Items held against an output schema. */

/** Fields that only some items have. */
const SOMETIMES = ['alreadySent', 'dryRun', 'scheduledAt', 'campaignRef'];

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

function unlike({ type, properties, items }: Schema, value: unknown, path: string): string[] {
	const is = typeOf(value);
	if (!([type].flat() as string[]).includes(is)) return [`${path} is ${is}`];
	if (Array.isArray(value)) {
		return items ? value.flatMap((one, index) => unlike(items, one, `${path}[${index}]`)) : [];
	}
	if (is !== 'object' || !properties) return [];
	return Object.entries(value as object).flatMap(([name, member]) =>
		name in properties
			? unlike(properties[name], member, `${path}.${name}`)
			: [`${path}.${name} is in no schema`],
	);
}

/** Where items have what their schema does not say; none is a misfit as well. */
export function misfits(gives: Shape, items: IDataObject[]): string[] {
	if (items.length === 0) return ['there is no item'];
	return items.flatMap((item, index) => unlike(objectWith(gives), item, `items[${index}]`));
}

/** What a schema says that items do not have. */
export function missing(gives: Shape, items: IDataObject[]): string[] {
	return Object.keys(gives).filter(
		(name) => !SOMETIMES.includes(name) && items.some((item) => !(name in item)),
	);
}
