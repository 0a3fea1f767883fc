import type { Reference } from './message';

/** The body of a send: docs/providers/namirial.md 4.1. Required fields may still be missing. */
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

/** If these are absent or empty, the gateway responds with an error code instead. */
const CHECKED_LATER = ['destination', 'text', 'reference.service'];

/**
 * Describes why a body is invalid, or returns undefined if it is valid.
 * @param strict reject unknown fields, and optional fields that are null or ''
 */
export function describeProblem(
	body: unknown,
	admin: boolean,
	strict: boolean,
): string | undefined {
	return findProblem(body, admin ? ADMIN_SEND : SERVICES_SEND, strict, '');
}

function findProblem(
	value: unknown,
	type: Type,
	strict: boolean,
	path: string,
): string | undefined {
	if (type === 'ignored') return undefined;
	const name = path === '' ? 'the body' : path;
	if (value === null || value === '') {
		if (CHECKED_LATER.includes(path) || (!strict && path !== '')) return undefined;
		return `${name} is empty`;
	}
	if (typeof type === 'string') {
		const isValid = type === 'integer' ? Number.isInteger(value) : typeof value === type;
		return isValid ? undefined : `${name} is not of type ${type}`;
	}
	if (typeof value !== 'object' || Array.isArray(value)) return `${name} is not an object`;
	for (const [field, member] of Object.entries(value as object)) {
		const inner = path === '' ? field : `${path}.${field}`;
		if (!Object.hasOwn(type, field)) {
			if (strict) return `${inner} is an unknown field`;
			continue;
		}
		const problem = findProblem(member, type[field], strict, inner);
		if (problem !== undefined) return problem;
	}
	return undefined;
}
