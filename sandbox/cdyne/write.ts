import {
	SCALAR_NS,
	SERVICE_NS,
	type EnumType,
	type ListType,
	type RecordType,
	type Type,
} from './schema';

/** The year 1, which means "not yet". */
const YEAR_ONE = -62_135_596_800_000;
const NIL_NS = 'http://www.w3.org/2001/XMLSchema-instance';
export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * Writes a value as JSON. Enums are numbers, and slashes are escaped. Dates are shifted by the
 * server's offset, as the server does it: utc = ms + offset (docs/providers/cdyne.md 2.3).
 * @param offset the server's time zone offset: `-0500`
 */
export function toJson(type: Type, value: unknown, offset: string): string {
	if (type === 'dateTime') return jsonDate(value as Date | null, offset);
	if (value === null || value === undefined) {
		return type === 'guid' ? `"${EMPTY_GUID}"` : 'null';
	}
	if (typeof type === 'string') {
		if (type === 'bytes') return JSON.stringify([...(value as Buffer)]);
		return typeof value === 'string' ? text(value) : String(value);
	}
	if ('enumName' in type) return String(value);
	if ('item' in type) {
		return `[${(value as unknown[]).map((item) => toJson(type.of, item, offset)).join(',')}]`;
	}
	const members = presentMembers(type, value).map(
		([name, member, of]) => `"${name}":${toJson(of, member, offset)}`,
	);
	return `{${members.join(',')}}`;
}

/** Writes a value as XML without a prolog. Enums are names; dates are UTC without a `Z`. */
export function toXml(type: Type, value: unknown): string {
	const root = rootOf(type);
	const xmlns = `xmlns="${root.ns}"`;
	if (typeof type === 'string' || 'enumName' in type) {
		if (value === null || value === undefined) {
			return `<${root.name} i:nil="true" ${xmlns} xmlns:i="${NIL_NS}"/>`;
		}
		return `<${root.name} ${xmlns}>${content(type, value, root.ns)}</${root.name}>`;
	}
	return element(root.name, `${xmlns} xmlns:i="${NIL_NS}"`, content(type, value, root.ns));
}

function rootOf(type: Type): { name: string; ns: string } {
	if (typeof type === 'string') return { name: type, ns: SCALAR_NS };
	if ('enumName' in type) return { name: type.enumName, ns: SERVICE_NS };
	if ('item' in type) return { name: `ArrayOf${type.item}`, ns: type.ns };
	return { name: type.recordName, ns: type.ns };
}

function content(type: Type, value: unknown, ns: string): string {
	if (type === 'dateTime') return xmlDate(value as Date | null);
	if (typeof type === 'string') {
		return type === 'bytes' ? (value as Buffer).toString('base64') : escape(String(value));
	}
	if ('enumName' in type) return enumName(type, value as number);
	if ('item' in type) return items(type, value as unknown[], ns);
	return presentMembers(type, value)
		.map(([name, member, of]) => xmlMember(name, of, member, ns))
		.join('');
}

function xmlMember(name: string, type: Type, value: unknown, ns: string): string {
	const empty = value === null || value === undefined;
	if (empty && type === 'guid') return `<${name}>${EMPTY_GUID}</${name}>`;
	if (empty && type !== 'dateTime') return `<${name} i:nil="true"/>`;
	const otherNamespace = typeof type === 'object' && 'item' in type && type.ns !== ns;
	return element(name, otherNamespace ? `xmlns:a="${type.ns}"` : '', content(type, value, ns));
}

/** Items of another namespace use the prefix declared by their list. */
function items(type: ListType, values: unknown[], ns: string): string {
	const name = type.ns === ns ? type.item : `a:${type.item}`;
	return values.map((value) => element(name, '', content(type.of, value, ns))).join('');
}

function element(name: string, attributes: string, inner: string): string {
	const start = attributes === '' ? name : `${name} ${attributes}`;
	return inner === '' ? `<${start}/>` : `<${start}>${inner}</${name}>`;
}

function presentMembers(type: RecordType, value: unknown): Array<[string, unknown, Type]> {
	return Object.entries(type.members)
		.map(([name, member]): [string, unknown, Type, boolean] => [
			name,
			(value as Record<string, unknown>)[name],
			member.type,
			member.omitEmpty ?? false,
		])
		.filter(([, member, , omitEmpty]) => !omitEmpty || (member ?? null) !== null)
		.map(([name, member, of]) => [name, member, of]);
}

export function enumName(type: EnumType, value: number): string {
	return Object.keys(type.values).find((name) => type.values[name] === value) ?? String(value);
}

function jsonDate(date: Date | null | undefined, offset: string): string {
	const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(offset)!;
	const shift = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
	return `"\\/Date(${(date?.getTime() ?? YEAR_ONE) - shift}${offset})\\/"`;
}

function xmlDate(date: Date | null | undefined): string {
	if (!date) return '0001-01-01T00:00:00';
	return date.toISOString().replace(/(?:\.000|0{0,2})Z$/, '');
}

function text(value: string): string {
	return JSON.stringify(value).replaceAll('/', '\\/');
}

function escape(value: string): string {
	return value
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('\r', '&#xD;');
}
