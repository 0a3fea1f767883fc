import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { parseTokens } from '../../shared/credentials/postbackToken';
import { accountPace } from '../../shared/http/accountPace';
import { createHttp, type Http, type HttpContext } from '../../shared/http/request';
import { parseBaseUrl } from '../../shared/input/baseUrl';
import type { Connection } from '../../shared/provider/operation';
import { BASE_URL, CREDENTIAL } from '../name';

export interface Api extends Connection {
	http: Http;
	/** The complete URL, which all actions share. */
	baseUrl: string;
	apiKey: string;
}

/** Connects with the values of a credential. @throws Failure if its Base URL is not valid */
export function connectWith(context: HttpContext, values: IDataObject): Api {
	const apiKey = String(values.apiKey ?? '').trim();
	const baseUrl = parseBaseUrl(values.baseUrl, BASE_URL, true);
	const secrets = [apiKey, ...parseTokens(values.postbackToken)];
	// E106 names the time in which Skycore accepts one request (docs/providers/skycore.md 5.1)
	const http = createHttp(context, secrets, accountPace([baseUrl, apiKey]));
	return { http, redact: http.redact, baseUrl, apiKey };
}

/** Connects with the node's credential. @throws NodeOperationError if it has none */
export async function connect(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<Api> {
	return connectWith(context, await context.getCredentials(CREDENTIAL));
}
