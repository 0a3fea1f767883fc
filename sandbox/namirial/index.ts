import type { Call, Core, ProviderRequest, ProviderResponse, Simulator } from '../simulator';
import { Flooding } from './flooding';
import { health } from './health';
import { Lifecycle } from './lifecycle';
import { Notify } from './notify';
import { codedError } from './responses';
import { Sending } from './sending';
import { initialSettings } from './settings';
import { StatusLookups } from './status';

/** See README.md. */
const PRESETS: Record<string, string> = {
	'+393335550102': 'undelivered',
	'+393335550103': 'rejectedLater',
	'+393335550104': 'noReceipt',
	'+393335550105': 'rcs',
	'+393335550106': 'rcsRead',
	'+393335550107': 'rcsFallback',
	'+393335550108': 'code8',
	'+393335550161': 'code61',
	'+393335550164': 'code64',
	'+393335550174': 'code74',
	'+393335550190': 'hang',
	'+393335550191': 'plain500',
};

/** As the provider spells them: the path after the root, and the name in the request log. */
const GATEWAY = [
	'Services/send',
	'Admin/send',
	'Services/checkServiceStatus',
	'Admin/checkServiceStatus',
] as const;
const BY_PHONE_NUMBER = 'messagestatus/phonenumber';
const BY_REFERENCE = 'messagestatus/reference';
const BY_ID = 'messagestatus';

type GatewayOperation = (typeof GATEWAY)[number];

/** Simulates the gateway and the status API of docs/providers/namirial.md, under separate roots. */
export function createNamirial(core: Core): Simulator {
	const settings = initialSettings();
	const flooding = new Flooding(core.clock, settings);
	const notify = new Notify(core, settings);
	const lifecycle = new Lifecycle(core, settings, notify);
	const sending = new Sending({ core, settings, flooding, lifecycle });
	const lookups = new StatusLookups(core.messages, settings);
	for (const [number, outcome] of Object.entries(PRESETS)) core.numbers.preset(number, outcome);

	function gateway(operation: GatewayOperation, request: ProviderRequest): Call {
		const admin = operation.startsWith('Admin/');
		const isSend = operation.endsWith('/send');
		const body = isSend ? parseJson(request.body) : undefined;
		const { destination } = (body ?? {}) as { destination?: unknown };
		return {
			operation,
			recipients: typeof destination === 'string' ? [destination] : [],
			respond() {
				if (request.method !== 'POST') return notAllowed('POST');
				const isPublic =
					operation === 'Services/checkServiceStatus' && !settings.healthNeedsAccount;
				if (!isPublic && !(isAuthenticated(request) && (settings.admin || !admin))) {
					return codedError(settings, 63, settings.authenticationStatus);
				}
				if (!isSend) return health(settings);
				if (!isJson(request)) return { status: 415 };
				return sending.respond(body, admin);
			},
		};
	}

	function status(path: string, request: ProviderRequest): Call | undefined {
		const matched = match(path, BY_PHONE_NUMBER) ?? match(path, BY_REFERENCE) ?? match(path, BY_ID);
		if (matched === undefined) return undefined;
		const { operation, value } = matched;
		return {
			operation,
			recipients: operation === BY_PHONE_NUMBER && value !== null ? [value] : [],
			respond() {
				if (request.method !== 'GET') return notAllowed('GET');
				if (request.headers['x-api-key'] !== settings.apiKey) return lookups.error(403);
				if (value === null) return lookups.error(settings.badQueryStatus);
				if (operation === BY_PHONE_NUMBER) return lookups.byPhoneNumber(value, request.query);
				if (operation === BY_REFERENCE) return lookups.byReference(value, request.query);
				return lookups.byId(value);
			},
		};
	}

	/** Returns the decoded path value after an operation's name; null if it cannot be decoded. */
	function match(path: string, operation: string) {
		const value = /^[^/]+$/.exec(path.slice(operation.length + 1))?.[0];
		if (value === undefined || !isSamePath(path.slice(0, operation.length + 1), `${operation}/`)) {
			return undefined;
		}
		return { operation, value: decodePath(value) };
	}

	function isSamePath(path: string, published: string): boolean {
		return settings.caseSensitivePaths
			? path === published
			: path.toLowerCase() === published.toLowerCase();
	}

	function isAuthenticated({ headers }: ProviderRequest): boolean {
		const encoded = /^Basic +([\w+/]+=*)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
		const credentials = Buffer.from(encoded, 'base64').toString();
		return credentials === `${settings.username}:${settings.password}`;
	}

	return {
		name: 'namirial',
		title: 'Namirial SMS',
		settings,
		read(request) {
			const [, root, path] = /^\/(gateway|status)\/api\/(.+)$/.exec(request.path) ?? [];
			if (root === 'status') return status(path, request) ?? UNKNOWN;
			const operation = GATEWAY.find((published) => isSamePath(path ?? '', published));
			return operation === undefined ? UNKNOWN : gateway(operation, request);
		},
		reset() {
			flooding.clear();
			sending.clear();
		},
		fire: (order) => notify.fire(order),
	};
}

const UNKNOWN: Call = { operation: 'unknown', recipients: [], respond: () => ({ status: 404 }) };

function notAllowed(method: string): ProviderResponse {
	return { status: 405, headers: { Allow: method } };
}

function isJson({ headers }: ProviderRequest): boolean {
	return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/** Returns undefined if the body is not JSON. */
function parseJson(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString()) as unknown;
	} catch {
		return undefined;
	}
}

/** Decodes percent-encoding as in a path, where a plus sign is not a space. */
function decodePath(value: string): string | null {
	try {
		return decodeURIComponent(value);
	} catch {
		return null;
	}
}
