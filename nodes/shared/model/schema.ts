/** JSON Schema of output items. n8n's editor shows their fields before a node has run. */

type TypeName = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** The part of JSON Schema that n8n reads. Its editor shows the first of several types. */
export interface FieldSchema {
	type: TypeName | TypeName[];
	properties?: OutputSchema;
	items?: FieldSchema;
}

/** The fields of an item, in the order in which they are shown. */
export type OutputSchema = Readonly<Record<string, FieldSchema>>;

export const TEXT: FieldSchema = { type: 'string' };
export const TEXT_OR_NULL: FieldSchema = { type: ['string', 'null'] };
export const NUMBER: FieldSchema = { type: 'number' };
export const NUMBER_OR_NULL: FieldSchema = { type: ['number', 'null'] };
export const FLAG: FieldSchema = { type: 'boolean' };
export const FLAG_OR_NULL: FieldSchema = { type: ['boolean', 'null'] };

/** An object whose members are the provider's. */
export const OBJECT: FieldSchema = { type: 'object' };

export function objectWith(properties: OutputSchema): FieldSchema {
	return { type: 'object', properties };
}

export function listOf(items: FieldSchema): FieldSchema {
	return { type: 'array', items };
}
