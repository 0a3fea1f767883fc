import type { Answer, Call, Core, ProviderRequest, Simulator } from '../simulator';
import { codedError } from './answers';
import { Flooding } from './flooding';
import { health } from './health';
import { Life } from './life';
import { Notify } from './notify';
import { Sending } from './sending';
import { firstSettings } from './settings';
import { StatusLookups } from './status';

/** What each number stands for; see README.md. */
const SCRIPTS: Record<string, string> = {
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

/** As the provider spells them: each is a path after its root, and the name in the request log. */
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

/** Namirial SMS after docs/providers/namirial.md: gateway and status API, each under its own root. */
export function createNamirial(core: Core): Simulator {
	const settings = firstSettings();
	const flooding = new Flooding(core.clock, settings);
	const notify = new Notify(core, settings);
	const life = new Life(core, settings, notify);
	const sending = new Sending({ core, settings, flooding, life });
	const lookups = new StatusLookups(core.messages, settings);
	for (const [number, outcome] of Object.entries(SCRIPTS)) core.numbers.preset(number, outcome);

	function gateway(operation: GatewayOperation, request: ProviderRequest): Call {
		const admin = operation.startsWith('Admin/');
		const isSend = operation.endsWith('/send');
		const body = isSend ? parsed(request.body) : undefined;
		const { destination } = (body ?? {}) as { destination?: unknown };
		return {
			operation,
			recipients: typeof destination === 'string' ? [destination] : [],
			answer() {
				if (request.method !== 'POST') return notAllowed('POST');
				const open = operation === 'Services/checkServiceStatus' && !settings.healthNeedsAccount;
				if (!open && !(isAccount(request) && (settings.admin || !admin))) {
					return codedError(settings, 63, settings.authenticationStatus);
				}
				if (!isSend) return health(settings);
				if (!isJson(request)) return { status: 415 };
				return sending.answer(body, admin);
			},
		};
	}

	function status(path: string, request: ProviderRequest): Call | undefined {
		const listed = match(path, BY_PHONE_NUMBER) ?? match(path, BY_REFERENCE);
		const found = listed ?? match(path, BY_ID);
		if (found === undefined) return undefined;
		const { operation, value } = found;
		return {
			operation,
			recipients: operation === BY_PHONE_NUMBER && value !== null ? [value] : [],
			answer() {
				if (request.method !== 'GET') return notAllowed('GET');
				if (request.headers['x-api-key'] !== settings.apiKey) return lookups.error(403);
				if (value === null) return lookups.error(settings.badQueryStatus);
				if (operation === BY_PHONE_NUMBER) return lookups.byPhoneNumber(value, request.query);
				if (operation === BY_REFERENCE) return lookups.byReference(value, request.query);
				return lookups.byId(value);
			},
		};
	}

	/** The path value after the name of an operation, decoded; null where it cannot be. */
	function match(path: string, operation: string) {
		const value = /^[^/]+$/.exec(path.slice(operation.length + 1))?.[0];
		if (value === undefined || !same(path.slice(0, operation.length + 1), `${operation}/`)) {
			return undefined;
		}
		return { operation, value: decoded(value) };
	}

	function same(path: string, published: string): boolean {
		return settings.caseSensitivePaths
			? path === published
			: path.toLowerCase() === published.toLowerCase();
	}

	function isAccount({ headers }: ProviderRequest): boolean {
		const encoded = /^Basic +([\w+/]+=*)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
		const given = Buffer.from(encoded, 'base64').toString();
		return given === `${settings.username}:${settings.password}`;
	}

	return {
		name: 'namirial',
		title: 'Namirial SMS',
		settings,
		take(request) {
			const [, root, path] = /^\/(gateway|status)\/api\/(.+)$/.exec(request.path) ?? [];
			if (root === 'status') return status(path, request) ?? UNKNOWN;
			const operation = GATEWAY.find((published) => same(path ?? '', published));
			return operation === undefined ? UNKNOWN : gateway(operation, request);
		},
		reset() {
			flooding.clear();
			sending.clear();
		},
		fire: (order) => notify.fire(order),
	};
}

const UNKNOWN: Call = { operation: 'unknown', recipients: [], answer: () => ({ status: 404 }) };

function notAllowed(method: string): Answer {
	return { status: 405, headers: { Allow: method } };
}

function isJson({ headers }: ProviderRequest): boolean {
	return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/** Undefined where the bytes are no JSON. */
function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString()) as unknown;
	} catch {
		return undefined;
	}
}

/** Percent-decoding as in a path, where a plus sign is one. */
function decoded(value: string): string | null {
	try {
		return decodeURIComponent(value);
	} catch {
		return null;
	}
}
