import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { HttpContext } from '../../nodes/shared/http';

/** What connections are made of. */

export const HTTP = { helpers: {} } as unknown as HttpContext;

/** Postback tokens, of which the first goes into addresses. */
export const FIRST = 'first-token-0123456789';
export const OLDER = 'older-token-0123456789';

/** A node with one credential, and the types that were asked for. */
export function nodeWith(values: IDataObject) {
	const asked: string[] = [];
	const getCredentials = async (type: string) => {
		asked.push(type);
		return values;
	};
	return { context: { helpers: {}, getCredentials } as unknown as IExecuteFunctions, asked };
}
