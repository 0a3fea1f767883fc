/** What items hold, in JSON Schema: with it n8n's editor offers their fields before a node has run. */

type TypeName = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** As much of JSON Schema as n8n reads; of several types its editor shows the first. */
export interface Schema {
	type: TypeName | TypeName[];
	properties?: Shape;
	items?: Schema;
}

/** The fields of an item, in the order in which they are shown. */
export type Shape = Readonly<Record<string, Schema>>;

export const TEXT: Schema = { type: 'string' };
export const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
export const NUMBER: Schema = { type: 'number' };
export const NUMBER_OR_NULL: Schema = { type: ['number', 'null'] };
export const FLAG: Schema = { type: 'boolean' };
export const FLAG_OR_NULL: Schema = { type: ['boolean', 'null'] };

/** With members that only the provider knows. */
export const OBJECT: Schema = { type: 'object' };

export function objectWith(properties: Shape): Schema {
	return { type: 'object', properties };
}

export function listOf(items: Schema): Schema {
	return { type: 'array', items };
}
