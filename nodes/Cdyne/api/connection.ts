import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { baseUrlOf } from '../../shared/baseUrl';
import { Gatherer } from '../../shared/gather';
import { createHttp } from '../../shared/http';
import type { Http, HttpContext } from '../../shared/http';
import type { Connection, Pace } from '../../shared/operation';
import { tokensIn } from '../../shared/secret';
import { Traffic } from '../../shared/traffic';
import { BASE_URL, CREDENTIAL } from '../name';
import type { Report, Sms } from './message';

export interface Api extends Connection {
	http: Http;
	baseUrl: string;
	licenseKey: string;
	/** The one that goes into addresses. */
	postbackToken?: string;
	traffic: Traffic;
	pace: Pace;
	/** Texts of several items on their way into one call, by what a call has once for all of them. */
	gatherers: Map<string, Gatherer<Sms, Report[]>>;
}

/** The connection that a credential's values make. @throws Failure where it cannot work */
export function connectWith(
	context: HttpContext,
	values: IDataObject,
	pace: Pace = { concurrency: 1, perRequest: 1 },
): Api {
	const licenseKey = String(values.licenseKey ?? '').trim();
	const tokens = tokensIn(values.postbackToken);
	const [postbackToken] = tokens;
	const http = createHttp(context, [licenseKey, ...tokens]);
	const baseUrl = baseUrlOf(values.baseUrl, BASE_URL);
	const traffic = new Traffic();
	const gatherers = new Map<string, Gatherer<Sms, Report[]>>();
	const { redact } = http;
	return { http, redact, baseUrl, licenseKey, postbackToken, traffic, pace, gatherers };
}

/**
 * Reads the credential.
 *
 * @throws NodeOperationError when the node has none, Failure where it cannot work
 */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	pace?: Pace,
): Promise<Api> {
	return connectWith(context, await context.getCredentials(CREDENTIAL), pace);
}
