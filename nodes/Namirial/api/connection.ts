import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { fail, failInput } from '../../shared/errors';
import { createHttp } from '../../shared/http';
import type { Http, HttpContext } from '../../shared/http';
import type { Connection } from '../../shared/operation';
import { bare } from '../../shared/pasted';
import { tokensIn } from '../../shared/secret';
import { Traffic } from '../../shared/traffic';
import { trimEndOf } from '../../shared/trim';
import { GATEWAY_CREDENTIAL, GATEWAY_URL, STATUS_CREDENTIAL, STATUS_URL } from '../name';

/**
 * Namirial's two services (docs/providers/namirial.md 1): the gateway sends; the Message Status API,
 * with a host and a key of its own, looks up.
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
	/** Only where the node has the credential; see gatewayOf and statusServiceOf. */
	gateway?: Gateway;
	statusService?: StatusService;
	/** The one that goes into addresses. */
	postbackToken?: string;
	traffic: Traffic;
	/** How often this run sent a text to a number. */
	sameTexts: Map<string, number>;
}

function basic({ username, password }: Gateway): string {
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/** The connection that the values of the credentials make, of which either may be missing. */
function connectWith(
	context: HttpContext,
	sending: IDataObject | undefined,
	looking: IDataObject | undefined,
): Api {
	const gateway = sending && {
		baseUrl: String(sending.baseUrl ?? ''),
		username: String(sending.username ?? '').trim(),
		password: String(sending.password ?? '').trim(),
	};
	const statusService = looking && {
		baseUrl: String(looking.baseUrl ?? ''),
		apiKey: String(looking.apiKey ?? '').trim(),
	};
	const tokens = tokensIn(sending?.postbackToken);
	const http = createHttp(context, [
		gateway?.password,
		gateway && basic(gateway),
		statusService?.apiKey,
		...tokens,
	]);
	return {
		http,
		redact: http.redact,
		gateway,
		statusService,
		postbackToken: tokens[0],
		traffic: new Traffic(),
		sameTexts: new Map(),
	};
}

export function connectGateway(context: HttpContext, values: IDataObject): Api {
	return connectWith(context, values, undefined);
}

export function connectStatusService(context: HttpContext, values: IDataObject): Api {
	return connectWith(context, undefined, values);
}

/** Reads the credentials that the node has; each operation says which one it needs. */
export async function connect(context: IExecuteFunctions | IWebhookFunctions): Promise<Api> {
	const has = context.getNode().credentials ?? {};
	const read = async (type: string) =>
		has[type] ? await context.getCredentials<IDataObject>(type) : undefined;
	const [sending, looking] = [await read(GATEWAY_CREDENTIAL), await read(STATUS_CREDENTIAL)];
	return connectWith(context, sending, looking);
}

/** The address of a service with exactly one /api, with or without which it may be typed (1). */
function apiRoot(baseUrl: string, name: string, example: string): string {
	const typed = trimEndOf(bare(baseUrl), /\//);
	const address = trimEndOf(typed.replace(/\/api$/i, ''), /\//);
	if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) {
		failInput(
			`The Base URL "${baseUrl}" of the ${name} credential is not a web address`,
			`It should be like ${example}.`,
		);
	}
	return `${address}/api`;
}

function missing(name: string, purpose: string): never {
	return fail({
		kind: 'credential',
		message: `${purpose} needs the credential "${name}", and this node has none`,
		description: `Open the node and choose or create a credential under ${name}. Namirial has one for sending and another for looking up.`,
		nothingAccepted: true,
	});
}

/** @throws Failure where the node has no credential for sending, or one that cannot work */
export function gatewayOf({ gateway }: Api): { root: string; headers: Record<string, string> } {
	if (!gateway) return missing('Namirial SMS Gateway API', 'This operation');
	if (gateway.username.includes(':')) {
		failInput(
			'The username in the Namirial SMS Gateway API credential has a colon in it, which cannot be sent',
			'Check that Username holds the username alone.',
		);
	}
	return {
		root: apiRoot(gateway.baseUrl, 'Namirial SMS Gateway API', GATEWAY_URL),
		headers: { Accept: 'application/json', Authorization: `Basic ${basic(gateway)}` },
	};
}

/** @throws Failure where the node has no credential for sending, or one that cannot work */
export function requireGateway(api: Api): void {
	gatewayOf(api);
}

/** @throws Failure where the node has no credential for look-ups */
export function requireStatusService({ statusService }: Api): StatusService {
	return statusService ?? missing('Namirial SMS Status API', 'Looking messages up');
}

/** @throws Failure where the credential for look-ups is missing or cannot work */
export function statusServiceOf(api: Api): { root: string; headers: Record<string, string> } {
	const statusService = requireStatusService(api);
	return {
		root: apiRoot(statusService.baseUrl, 'Namirial SMS Status API', STATUS_URL),
		headers: { Accept: 'application/json', 'X-Api-Key': statusService.apiKey },
	};
}
