import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { baseUrlOf } from '../../shared/baseUrl';
import { createHttp } from '../../shared/http';
import type { Http, HttpContext } from '../../shared/http';
import type { Connection } from '../../shared/operation';
import { tokensIn } from '../../shared/secret';
import { BASE_URL, CREDENTIAL } from '../name';

export interface Api extends Connection {
	http: Http;
	/** The whole address; every action has the same one. */
	baseUrl: string;
	apiKey: string;
}

/** What the credential holds. */
interface Values {
	baseUrl?: unknown;
	apiKey?: unknown;
	postbackToken?: unknown;
}

/** The connection that a credential's values make. @throws Failure where the address is none */
export function connectWith(context: HttpContext, values: Values): Api {
	const apiKey = String(values.apiKey ?? '').trim();
	const http = createHttp(context, [apiKey, ...tokensIn(values.postbackToken)]);
	const baseUrl = baseUrlOf(values.baseUrl, BASE_URL);
	return { http, redact: http.redact, baseUrl, apiKey };
}

/** Reads the credential. @throws NodeOperationError when the node has none */
export async function connect(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<Api> {
	return connectWith(context, await context.getCredentials(CREDENTIAL));
}
