import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { HttpContext } from '../../../nodes/shared/http/request';

export const HTTP = { helpers: {} } as unknown as HttpContext;

/** Postback tokens; the first is the one in new URLs. */
export const FIRST = 'first-token-0123456789';
export const OLDER = 'older-token-0123456789';

/** A context with these credential values, and the credential types that it was asked for. */
export function nodeWith(values: IDataObject) {
	const asked: string[] = [];
	const getCredentials = async (type: string) => {
		asked.push(type);
		return values;
	};
	return { context: { helpers: {}, getCredentials } as unknown as IExecuteFunctions, asked };
}
