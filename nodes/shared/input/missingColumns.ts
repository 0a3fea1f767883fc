import { Failure } from '../errors/failure';
import { quoted } from '../errors/quoted';
import type { Item } from './item';

/** `$json.phone`, `$json["Phone number"]` */
const COLUMN = /\$json(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*(["'])((?:(?!\2).)+)\2\s*\])/gu;

const MAX_COLUMNS = 20;

/** The columns that the expressions of a node read, and the item does not have. */
function missingColumns({ context, index }: Item): { missing: string[]; columns: string[] } {
	const { json } = context.getInputData()[index] ?? { json: {} };
	const expressions = Object.values(context.getNode().parameters).filter(
		(value): value is string => typeof value === 'string' && value.startsWith('='),
	);
	const read = expressions.flatMap((text) =>
		[...text.matchAll(COLUMN)].map(([, name, , inBrackets]) => name ?? inBrackets),
	);
	const missing = [...new Set(read)].filter((name) => !Object.hasOwn(json, name));
	return { missing, columns: Object.keys(json) };
}

/**
 * The failure for an empty value, with the columns of the item if an expression reads one that it
 * does not have, such as `phone` where the header of a sheet is `Phone`.
 */
export function withColumns(error: unknown, item: Item): unknown {
	if (!(error instanceof Failure) || !/\bempty\b/.test(error.message)) return error;
	const { missing, columns } = missingColumns(item);
	if (missing.length === 0) return error;
	const listed = (names: string[]) => names.slice(0, MAX_COLUMNS).map(quoted).join(', ');
	const received =
		columns.length === 0 ? 'it has no columns' : `its columns are ${listed(columns)}`;
	const more = columns.length > MAX_COLUMNS ? ' and others' : '';
	const sentence = `The item has no column ${listed(missing)}: ${received}${more}. Upper and lower case count.`;
	return error.with({ description: [sentence, error.description].filter(Boolean).join(' ') });
}
