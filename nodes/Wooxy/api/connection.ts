import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { baseUrlOf } from '../../shared/baseUrl';
import { createHttp } from '../../shared/http';
import type { Http, HttpContext } from '../../shared/http';
import type { Connection } from '../../shared/operation';
import { tokensIn } from '../../shared/secret';
import { sharedLimit } from '../../shared/sharedLimit';
import { BASE_URL, CREDENTIAL } from '../name';

/** The most that may be in flight, and the default (docs/providers/wooxy.md 1). */
export const MOST_IN_FLIGHT = 10;

export interface Api extends Connection {
	http: Http;
	baseUrl: string;
	accessToken: string;
	/** The one that goes into addresses. */
	postbackToken?: string;
	/** Of all runs of this process that use the account. */
	limit: ReturnType<typeof sharedLimit>;
}

/** The connection that a credential's values make. @throws Failure where it cannot work */
export function connectWith(context: HttpContext, values: IDataObject): Api {
	const accessToken = String(values.accessToken ?? '').trim();
	const tokens = tokensIn(values.postbackToken);
	const [postbackToken] = tokens;
	const http = createHttp(context, [accessToken, ...tokens]);
	const baseUrl = baseUrlOf(values.baseUrl, BASE_URL);
	const limit = sharedLimit([baseUrl, accessToken], MOST_IN_FLIGHT);
	return { http, redact: http.redact, baseUrl, accessToken, postbackToken, limit };
}

/** Reads the credential. @throws NodeOperationError when the node has none */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
): Promise<Api> {
	return connectWith(context, await context.getCredentials(CREDENTIAL));
}
