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

/** These spoil an answer, so there must be one. */
const SPOIL_AN_ANSWER: FaultKind[] = ['truncate', 'contentType'];

/** What somebody orders; README.md has the table. */
export interface FaultOrder {
	kind: FaultKind;
	provider?: string;
	/** As the provider spells it; case does not matter. */
	operation?: string;
	/** Strikes where this number is among the recipients. */
	number?: string;
	/** Strikes where this text stands in the URL or the body. */
	contains?: string;
	/** How often it strikes: once, unless told otherwise. */
	times?: number | 'always';
	/** Strikes at every so manieth request that matches. */
	every?: number;
	/** `before`: the provider never processes the request. `after`: it does, and the answer suffers. */
	when?: 'before' | 'after';
	/** delay: how long. */
	ms?: number;
	/** status, html, empty: the HTTP status. */
	status?: number;
	/** status: further headers. */
	headers?: Record<string, string>;
	/** status, html: the body. contentType: stays the provider's. */
	body?: string;
	/** contentType: the wrong one. */
	contentType?: string;
	/** truncate: announce the whole length and break the connection, instead of a short body. */
	broken?: boolean;
}

export type Fault = FaultOrder & {
	id: string;
	when: 'before' | 'after';
	times: number | 'always';
	/** Requests that matched, and those it struck. */
	matched: number;
	struck: number;
};

/** What a fault is chosen by. */
export interface Target {
	provider: string;
	operation: string;
	recipients: string[];
	url: string;
	body: string;
}

/** Faults on demand. The oldest that matches strikes; one request meets at most one. */
export class Faults {
	private faults: Fault[] = [];
	private nextId = 1;

	/** @throws Error in plain words where the order makes no sense */
	add(order: FaultOrder): Fault {
		if (!FAULT_KINDS.includes(order.kind)) {
			throw new Error(`A fault has a kind: one of ${FAULT_KINDS.join(', ')}.`);
		}
		if (SPOIL_AN_ANSWER.includes(order.kind) && order.when === 'before') {
			throw new Error(`"${order.kind}" spoils an answer, so it can only come "after".`);
		}
		if (order.when !== undefined && !['before', 'after'].includes(order.when)) {
			throw new Error('"when" is "before" or "after".');
		}
		const fault: Fault = {
			...order,
			id: `fault-${this.nextId++}`,
			when: order.when ?? (SPOIL_AN_ANSWER.includes(order.kind) ? 'after' : 'before'),
			times: order.times ?? 1,
			matched: 0,
			struck: 0,
		};
		this.faults.push(fault);
		return fault;
	}

	/** The fault that strikes this request; using it up counts. */
	strike(target: Target): Fault | undefined {
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

	/** Without an id: all of them. */
	clear(id?: string): void {
		this.faults = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
	}
}

function matches(fault: Fault, target: Target): boolean {
	const { provider, operation, number, contains } = fault;
	return (
		(provider === undefined || provider === target.provider) &&
		(operation === undefined || operation.toLowerCase() === target.operation.toLowerCase()) &&
		(number === undefined || target.recipients.map(numberKey).includes(numberKey(number))) &&
		(contains === undefined || target.url.includes(contains) || target.body.includes(contains))
	);
}
