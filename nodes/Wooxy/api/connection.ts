import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { parseTokens } from '../../shared/credentials/postbackToken';
import { accountLimit } from '../../shared/http/accountLimit';
import { accountPace } from '../../shared/http/accountPace';
import { createHttp, type Http, type HttpContext } from '../../shared/http/request';
import { parseBaseUrl } from '../../shared/input/baseUrl';
import type { Connection } from '../../shared/provider/operation';
import { BASE_URL, CREDENTIAL } from '../name';

/** The maximum of requests in flight, and the default (docs/providers/wooxy.md 1). */
export const MAX_IN_FLIGHT = 10;

export interface Api extends Connection {
	http: Http;
	baseUrl: string;
	accessToken: string;
	/** The token that is put into URLs; others are accepted too. */
	postbackToken?: string;
	/** Shared by all runs of this process that use the account. */
	limit: ReturnType<typeof accountLimit>;
}

/** Connects with the values of a credential. @throws Failure if its Base URL is not valid */
export function connectWith(context: HttpContext, values: IDataObject): Api {
	const accessToken = String(values.accessToken ?? '').trim();
	const tokens = parseTokens(values.postbackToken);
	const [postbackToken] = tokens;
	const baseUrl = parseBaseUrl(values.baseUrl, BASE_URL);
	const http = createHttp(context, [accessToken, ...tokens], accountPace([baseUrl, accessToken]));
	const limit = accountLimit([baseUrl, accessToken], MAX_IN_FLIGHT);
	return { http, redact: http.redact, baseUrl, accessToken, postbackToken, limit };
}

/** Connects with the node's credential. @throws NodeOperationError if it has none */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
): Promise<Api> {
	return connectWith(context, await context.getCredentials(CREDENTIAL));
}
