import type { Reference } from './message';

/** A send, as documented: docs/providers/namirial.md 4.1. What is required may still be missing. */
export interface SendBody {
	destination?: string | null;
	text?: string | null;
	reference?: Reference;
	detailed?: boolean;
	businessRelationId?: string;
	webhook?: { url?: string; authentication?: { type?: string } };
	account?: string;
	lra?: number;
}

type Type = 'string' | 'boolean' | 'integer' | 'ignored' | { [field: string]: Type };

const SERVICES_SEND: Record<string, Type> = {
	destination: 'string',
	text: 'string',
	reference: { service: 'string', action: 'string', key: 'string' },
	detailed: 'boolean',
	businessRelationId: 'string',
	webhook: { url: 'string', authentication: { type: 'string' } },
	attemptCount: 'ignored',
	account: 'ignored',
	lra: 'ignored',
};

const ADMIN_SEND: Record<string, Type> = { ...SERVICES_SEND, account: 'string', lra: 'integer' };

/** Absent and empty have a code of their own, so they are no flaw of the shape. */
const CODED = ['destination', 'text', 'reference.service'];

/**
 * What keeps a body from being a send at all, in words; undefined where nothing does.
 * @param strict refuse unknown fields, and optional ones that are null or ''
 */
export function flawOf(body: unknown, admin: boolean, strict: boolean): string | undefined {
	return flaw(body, admin ? ADMIN_SEND : SERVICES_SEND, strict, '');
}

function flaw(value: unknown, type: Type, strict: boolean, path: string): string | undefined {
	if (type === 'ignored') return undefined;
	const name = path === '' ? 'the body' : path;
	if (value === null || value === '') {
		if (CODED.includes(path) || (!strict && path !== '')) return undefined;
		return `${name} is empty`;
	}
	if (typeof type === 'string') {
		const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
		return fits ? undefined : `${name} is not of type ${type}`;
	}
	if (typeof value !== 'object' || Array.isArray(value)) return `${name} is not an object`;
	for (const [field, member] of Object.entries(value as object)) {
		const inner = path === '' ? field : `${path}.${field}`;
		if (!Object.hasOwn(type, field)) {
			if (strict) return `${inner} is not known`;
			continue;
		}
		const found = flaw(member, type[field], strict, inner);
		if (found !== undefined) return found;
	}
	return undefined;
}
