import type { Call, Core, ProviderRequest, ProviderResponse, Simulator } from '../simulator';
import { accountOperations } from './accountOperations';
import { Incoming } from './incoming';
import { Lifecycle } from './lifecycle';
import { mediaOperations } from './mediaOperations';
import { messageOperations } from './messageOperations';
import { Notify } from './notify';
import type { Operation } from './operations';
import { errorPage } from './pages';
import { UnreadableRequest } from './read';
import { Sending } from './sending';
import { CdyneState } from './state';
import { toJson, toXml } from './write';

const PRESETS = {
	'17575550161': 'undelivered',
	'17575550162': 'rejected',
	'17575550163': 'landline',
	'17575550164': 'optedOut',
	'17575550165': 'noReceipt',
};

const PATH = /^\/(sms\.svc(?:\/SecureREST)?|Messaging\.svc)\/([^/]+)$/i;

/** Simulates CDYNE SMS Notify! from docs/providers/cdyne.md, independently of the nodes. */
export function createCdyne(core: Core): Simulator {
	for (const [number, outcome] of Object.entries(PRESETS)) core.numbers.preset(number, outcome);
	const state = new CdyneState(core);
	const notify = new Notify(state);
	const lifecycle = new Lifecycle(state, notify);
	const incoming = new Incoming(state, notify);
	const operations = [
		...messageOperations(state, new Sending(state, lifecycle), lifecycle),
		...accountOperations(state, incoming),
		...mediaOperations(state),
	];
	return {
		name: 'cdyne',
		title: 'CDYNE SMS Notify!',
		settings: state.settings,
		read: (request) => readCall(state, operations, request),
		reset() {
			state.clear();
			lifecycle.clear();
		},
		reply: async (reply) => await incoming.receive(reply),
		fire: (order) => notify.fire(order),
	};
}

function readCall(state: CdyneState, operations: Operation[], request: ProviderRequest): Call {
	const [, service = '', requestedName = ''] = PATH.exec(request.path) ?? [];
	const legacy = service.toLowerCase().startsWith('sms');
	const candidates = operations.filter(
		({ name, ...operation }) =>
			name.toLowerCase() === requestedName.toLowerCase() && (operation.legacy || !legacy),
	);
	if (candidates.length === 0) return errorCall('unknown', errorPage(404));
	const operation = candidates.find(({ verb }) => verb === request.method);
	if (operation === undefined) return errorCall(candidates[0].name, errorPage(405));
	try {
		const { recipients, run } = operation.prepare(request);
		return {
			operation: operation.name,
			recipients,
			respond: async () => write(state, operation, await run(), request, legacy),
		};
	} catch (error) {
		if (error instanceof UnreadableRequest) {
			return errorCall(operation.name, errorPage(400, error.message));
		}
		// a bug in the simulator, which the gateway reports as such
		return { operation: operation.name, recipients: [], respond: () => Promise.reject(error) };
	}
}

function errorCall(operation: string, response: ProviderResponse): Call {
	return { operation, recipients: [], respond: () => response };
}

/** Writes JSON if Accept names it, and XML otherwise, regardless of the request body. */
function write(
	{ settings }: CdyneState,
	{ response }: Operation,
	value: unknown,
	request: ProviderRequest,
	legacy: boolean,
): ProviderResponse {
	const acceptsJson = (request.headers.accept ?? '').toLowerCase().includes('application/json');
	const json = acceptsJson && !settings.forceXml;
	const offset = legacy ? settings.legacyOffset : settings.messagingOffset;
	return {
		status: 200,
		headers: { 'Content-Type': `application/${json ? 'json' : 'xml'}; charset=utf-8` },
		body: json ? toJson(response, value, offset) : toXml(response, value),
	};
}
