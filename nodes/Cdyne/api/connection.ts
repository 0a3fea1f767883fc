import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { parseTokens } from '../../shared/credentials/postbackToken';
import { accountPace } from '../../shared/http/accountPace';
import { createHttp, type Http, type HttpContext } from '../../shared/http/request';
import { parseBaseUrl } from '../../shared/input/baseUrl';
import type { Connection } from '../../shared/provider/operation';
import { BASE_URL, CREDENTIAL } from '../name';

export interface Api extends Connection {
	http: Http;
	baseUrl: string;
	licenseKey: string;
	/** The token that is added to URLs. */
	postbackToken?: string;
	/** The numbers that messages went to, by ID, as this run has looked them up; null if not told. */
	numbers: Map<string, string | null>;
}

/** The connection for the values of a credential. @throws Failure if the Base URL is not valid */
export function connectWith(context: HttpContext, values: IDataObject): Api {
	const licenseKey = String(values.licenseKey ?? '').trim();
	const tokens = parseTokens(values.postbackToken);
	const [postbackToken] = tokens;
	const baseUrl = parseBaseUrl(values.baseUrl, BASE_URL);
	const http = createHttp(context, [licenseKey, ...tokens], accountPace([baseUrl, licenseKey]));
	return { http, redact: http.redact, baseUrl, licenseKey, postbackToken, numbers: new Map() };
}

/** The connection for the node's credential. @throws NodeOperationError if it has none */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions,
): Promise<Api> {
	return connectWith(context, await context.getCredentials(CREDENTIAL));
}
