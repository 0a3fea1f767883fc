import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { parseTokens } from '../../shared/credentials/postbackToken';
import { throwFailure, throwInvalidInput } from '../../shared/errors/failure';
import { trimEndOf } from '../../shared/formats/values';
import { accountPace } from '../../shared/http/accountPace';
import { createHttp, type Http, type HttpContext } from '../../shared/http/request';
import { stripWrapping } from '../../shared/input/normalizeInput';
import { isWebUrl } from '../../shared/input/webUrl';
import type { Connection } from '../../shared/provider/operation';
import { GATEWAY_CREDENTIAL, GATEWAY_URL, STATUS_CREDENTIAL, STATUS_URL } from '../name';

/**
 * Namirial's two services (docs/providers/namirial.md 1): the gateway for sending, and the Message
 * Status API for look-ups, which has another host and another login.
 */

interface Gateway {
	baseUrl: string;
	username: string;
	password: string;
}

interface StatusService {
	baseUrl: string;
	apiKey: string;
}

export interface Api extends Connection {
	http: Http;
	/** Undefined if the node does not have the credential. */
	gateway?: Gateway;
	statusService?: StatusService;
	/** The token that is added to URLs. */
	postbackToken?: string;
	/** How often this run sent each text to each number. */
	sameTexts: Map<string, number>;
}

function basicLogin({ username, password }: Gateway): string {
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/** The connection for the values of the credentials, of which one may be missing. */
function connectWith(
	context: HttpContext,
	gatewayValues: IDataObject | undefined,
	statusValues: IDataObject | undefined,
): Api {
	const gateway = gatewayValues && {
		baseUrl: String(gatewayValues.baseUrl ?? ''),
		username: String(gatewayValues.username ?? '').trim(),
		password: String(gatewayValues.password ?? '').trim(),
	};
	const statusService = statusValues && {
		baseUrl: String(statusValues.baseUrl ?? ''),
		apiKey: String(statusValues.apiKey ?? '').trim(),
	};
	const tokens = parseTokens(gatewayValues?.postbackToken);
	const secrets = [
		gateway?.password,
		gateway && basicLogin(gateway),
		statusService?.apiKey,
		...tokens,
	];
	const account = gateway ? [gateway.baseUrl, gateway.username] : [statusService?.apiKey ?? ''];
	const http = createHttp(context, secrets, accountPace(account));
	return {
		http,
		redact: http.redact,
		gateway,
		statusService,
		postbackToken: tokens[0],
		sameTexts: new Map(),
	};
}

export function connectGateway(context: HttpContext, values: IDataObject): Api {
	return connectWith(context, values, undefined);
}

export function connectStatusService(context: HttpContext, values: IDataObject): Api {
	return connectWith(context, undefined, values);
}

/** The connection for the credentials that the node has, which may be one or both. */
export async function connect(context: IExecuteFunctions | IWebhookFunctions): Promise<Api> {
	const selected = context.getNode().credentials ?? {};
	const read = async (type: string) =>
		selected[type] ? await context.getCredentials<IDataObject>(type) : undefined;
	return connectWith(context, await read(GATEWAY_CREDENTIAL), await read(STATUS_CREDENTIAL));
}

/** A Base URL, which may or may not end in /api (1), with exactly one /api. */
function apiRoot(baseUrl: string, name: string, example: string): string {
	const trimmed = trimEndOf(stripWrapping(baseUrl), /\//);
	const root = trimEndOf(trimmed.replace(/\/api$/i, ''), /\//);
	if (!isWebUrl(root)) {
		throwInvalidInput(
			`The Base URL "${baseUrl}" of the ${name} credential is not a web address`,
			`It should look like ${example}.`,
		);
	}
	return `${root}/api`;
}

function throwMissingCredential(name: string, purpose: string): never {
	return throwFailure({
		kind: 'credential',
		message: `${purpose} needs the credential "${name}", which this node does not have`,
		description: `Open the node and choose or create a credential under ${name}. Namirial has one for sending and another for look-ups.`,
		nothingAccepted: true,
	});
}

/**
 * The URL and headers for requests to the gateway.
 *
 * @throws Failure if the credential for sending is missing, or not valid
 */
export function gatewayOf({ gateway }: Api): { root: string; headers: Record<string, string> } {
	if (!gateway) return throwMissingCredential('Namirial SMS Gateway API', 'This operation');
	if (gateway.username.includes(':')) {
		throwInvalidInput(
			'Username in the Namirial SMS Gateway API credential contains a colon, which cannot be sent',
			'Check that Username contains only the username.',
		);
	}
	return {
		root: apiRoot(gateway.baseUrl, 'Namirial SMS Gateway API', GATEWAY_URL),
		headers: { Accept: 'application/json', Authorization: `Basic ${basicLogin(gateway)}` },
	};
}

/** @throws Failure if the credential for look-ups is missing */
export function requireStatusService({ statusService }: Api): StatusService {
	return statusService ?? throwMissingCredential('Namirial SMS Status API', 'Looking up messages');
}

/**
 * The URL and headers for requests to the Message Status API.
 *
 * @throws Failure if the credential for look-ups is missing, or not valid
 */
export function statusServiceOf(api: Api): { root: string; headers: Record<string, string> } {
	const statusService = requireStatusService(api);
	return {
		root: apiRoot(statusService.baseUrl, 'Namirial SMS Status API', STATUS_URL),
		headers: { Accept: 'application/json', 'X-Api-Key': statusService.apiKey },
	};
}
