import type { ProviderRequest } from '../simulator';
import { Query } from './query';
import { readBody } from './read';
import type { Type } from './schema';
import { destination } from './settings';

/** An operation and its HTTP method. */
export interface Operation {
	name: string;
	verb: 'GET' | 'POST';
	/** Whether the older service has it too; the newer one has all operations. */
	legacy: boolean;
	/** The type of the response. */
	response: Type;
	/** Reads the request. @throws UnreadableRequest if its parameters or body are invalid */
	prepare(request: ProviderRequest): { recipients: string[]; run(): unknown };
}

interface Traits {
	legacy?: boolean;
}

/** Defines an operation with its parameters in the query. */
export function get<Input>(
	name: string,
	response: Type,
	read: (query: Query) => Input,
	run: (input: Input) => unknown,
	traits: Traits & { recipients?: (input: Input) => Array<string | null> } = {},
): Operation {
	return {
		name,
		verb: 'GET',
		legacy: traits.legacy ?? false,
		response,
		prepare(request) {
			const input = read(new Query(request.query));
			return {
				recipients: asRecipients(traits.recipients?.(input) ?? []),
				run: () => run(input),
			};
		},
	};
}

/** Defines an operation with its parameters in the body. */
export function post<Body>(
	name: string,
	body: Type,
	response: Type,
	run: (body: Body) => unknown,
	traits: Traits & { recipients?: (body: Body) => Array<string | null> } = {},
): Operation {
	return {
		name,
		verb: 'POST',
		legacy: traits.legacy ?? false,
		response,
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
