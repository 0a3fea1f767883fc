import { numberKey } from './numbers';

export const FAULT_KINDS = [
	'delay',
	'hang',
	'reset',
	'status',
	'html',
	'truncate',
	'contentType',
	'empty',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** These change the provider's response, so the provider must have responded. */
const CHANGES_RESPONSE: FaultKind[] = ['truncate', 'contentType'];

/** A requested fault; README.md describes the fields. */
export interface FaultOrder {
	kind: FaultKind;
	provider?: string;
	/** As the provider spells it; case does not matter. */
	operation?: string;
	/** Only requests to this recipient. */
	number?: string;
	/** Only requests with this text in the URL or the body. */
	contains?: string;
	/** How often it applies; 1 by default. */
	times?: number | 'always';
	/** 3: applies to every third matching request. */
	every?: number;
	/** `before`: the request is never processed. `after`: it is, but the response is affected. */
	when?: 'before' | 'after';
	/** delay: milliseconds. */
	ms?: number;
	/** status, html, empty: the HTTP status. */
	status?: number;
	/** status: additional headers. */
	headers?: Record<string, string>;
	/** status, html: the body. */
	body?: string;
	/** contentType: the wrong content type. */
	contentType?: string;
	/** truncate: announce the full length, then break the connection. */
	broken?: boolean;
}

export type Fault = FaultOrder & {
	id: string;
	when: 'before' | 'after';
	times: number | 'always';
	/** Number of matching requests, and of those it was applied to. */
	matched: number;
	struck: number;
};

/** The parts of a request that a fault can match. */
export interface FaultTarget {
	provider: string;
	operation: string;
	recipients: string[];
	url: string;
	body: string;
}

/** The requested faults. The oldest matching fault applies, at most one per request. */
export class Faults {
	private faults: Fault[] = [];
	private nextId = 1;

	/** @throws Error if the order is invalid */
	add(order: FaultOrder): Fault {
		if (!FAULT_KINDS.includes(order.kind)) {
			throw new Error(`"kind" must be one of ${FAULT_KINDS.join(', ')}.`);
		}
		if (CHANGES_RESPONSE.includes(order.kind) && order.when === 'before') {
			throw new Error(`"${order.kind}" changes a response, so "when" can only be "after".`);
		}
		if (order.when !== undefined && !['before', 'after'].includes(order.when)) {
			throw new Error('"when" must be "before" or "after".');
		}
		const fault: Fault = {
			...order,
			id: `fault-${this.nextId++}`,
			when: order.when ?? (CHANGES_RESPONSE.includes(order.kind) ? 'after' : 'before'),
			times: order.times ?? 1,
			matched: 0,
			struck: 0,
		};
		this.faults.push(fault);
		return fault;
	}

	/** Returns the fault that applies to this request, and counts its use. */
	claim(target: FaultTarget): Fault | undefined {
		for (const fault of this.faults) {
			if (fault.times !== 'always' && fault.struck >= fault.times) continue;
			if (!matches(fault, target)) continue;
			fault.matched++;
			if (fault.every !== undefined && fault.matched % fault.every !== 0) continue;
			fault.struck++;
			return fault;
		}
		return undefined;
	}

	list(): Fault[] {
		return [...this.faults];
	}

	/** Removes one fault, or all of them without an id. */
	clear(id?: string): void {
		this.faults = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
	}
}

function matches(fault: Fault, target: FaultTarget): boolean {
	const { provider, operation, number, contains } = fault;
	return (
		(provider === undefined || provider === target.provider) &&
		(operation === undefined || operation.toLowerCase() === target.operation.toLowerCase()) &&
		(number === undefined || target.recipients.map(numberKey).includes(numberKey(number))) &&
		(contains === undefined || target.url.includes(contains) || target.body.includes(contains))
	);
}
