import type { ProviderRequest } from '../simulator';
import { Query } from './query';
import { readBody } from './read';
import type { Type } from './schema';
import { destination } from './settings';

/** One operation under one verb, read but not yet run. */
export interface Operation {
	name: string;
	verb: 'GET' | 'POST';
	/** The newer service has all operations, the older one those marked so. */
	legacy: boolean;
	/** Of the answer. */
	answers: Type;
	/** @throws Unreadable where the parameters or the body cannot be read */
	prepare(request: ProviderRequest): { recipients: string[]; run(): unknown };
}

interface Traits {
	legacy?: boolean;
}

/** An operation with its parameters in the query. */
export function get<Input>(
	name: string,
	answers: Type,
	read: (query: Query) => Input,
	run: (input: Input) => unknown,
	traits: Traits & { recipients?: (input: Input) => Array<string | null> } = {},
): Operation {
	return {
		name,
		verb: 'GET',
		legacy: traits.legacy ?? false,
		answers,
		prepare(request) {
			const input = read(new Query(request.query));
			return {
				recipients: asRecipients(traits.recipients?.(input) ?? []),
				run: () => run(input),
			};
		},
	};
}

/** An operation with its parameters in the body. */
export function post<Body>(
	name: string,
	body: Type,
	answers: Type,
	run: (body: Body) => unknown,
	traits: Traits & { recipients?: (body: Body) => Array<string | null> } = {},
): Operation {
	return {
		name,
		verb: 'POST',
		legacy: traits.legacy ?? false,
		answers,
		prepare(request) {
			const type = request.headers['content-type'] ?? '';
			const input = readBody(body, request.body, type) as Body;
			return {
				recipients: asRecipients(traits.recipients?.(input) ?? []),
				run: () => run(input),
			};
		},
	};
}

function asRecipients(numbers: Array<string | null>): string[] {
	return numbers.filter((number) => number !== null).map((number) => destination(number) ?? number);
}
