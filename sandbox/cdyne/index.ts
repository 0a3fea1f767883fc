import type { Answer, Call, Core, ProviderRequest, Simulator } from '../simulator';
import { accountOperations } from './accountOperations';
import { Incoming } from './incoming';
import { Life } from './life';
import { mediaOperations } from './mediaOperations';
import { messageOperations } from './messageOperations';
import { Notify } from './notify';
import { Office } from './office';
import type { Operation } from './operations';
import { errorPage } from './pages';
import { Unreadable } from './read';
import { Sending } from './sending';
import { toJson, toXml } from './write';

/** Numbers with a script from the start. */
const SCRIPTED = {
	'17575550161': 'undelivered',
	'17575550162': 'rejected',
	'17575550163': 'landline',
	'17575550164': 'optedOut',
	'17575550165': 'noReceipt',
};

const PATH = /^\/(sms\.svc(?:\/SecureREST)?|Messaging\.svc)\/([^/]+)$/i;

/** CDYNE SMS Notify! after docs/providers/cdyne.md, written without a look at the nodes. */
export function createCdyne(core: Core): Simulator {
	for (const [number, outcome] of Object.entries(SCRIPTED)) core.numbers.preset(number, outcome);
	const office = new Office(core);
	const notify = new Notify(office);
	const life = new Life(office, notify);
	const incoming = new Incoming(office, notify);
	const operations = [
		...messageOperations(office, new Sending(office, life), life),
		...accountOperations(office, incoming),
		...mediaOperations(office),
	];
	return {
		name: 'cdyne',
		title: 'CDYNE SMS Notify!',
		settings: office.settings,
		take: (request) => take(office, operations, request),
		reset() {
			office.clear();
			life.clear();
		},
		reply: async (reply) => await incoming.receive(reply),
		fire: (order) => notify.fire(order),
	};
}

function take(office: Office, operations: Operation[], request: ProviderRequest): Call {
	const [, service = '', word = ''] = PATH.exec(request.path) ?? [];
	const legacy = service.toLowerCase().startsWith('sms');
	const named = operations.filter(
		({ name, ...operation }) =>
			name.toLowerCase() === word.toLowerCase() && (operation.legacy || !legacy),
	);
	if (named.length === 0) return refused('unknown', errorPage(404));
	const operation = named.find(({ verb }) => verb === request.method);
	if (operation === undefined) return refused(named[0].name, errorPage(405));
	try {
		const { recipients, run } = operation.prepare(request);
		return {
			operation: operation.name,
			recipients,
			answer: async () => write(office, operation, await run(), request, legacy),
		};
	} catch (error) {
		if (error instanceof Unreadable) return refused(operation.name, errorPage(400, error.message));
		// a bug of ours, which the gateway reports as such
		return { operation: operation.name, recipients: [], answer: () => Promise.reject(error) };
	}
}

function refused(operation: string, answer: Answer): Call {
	return { operation, recipients: [], answer: () => answer };
}

/** JSON only where Accept names it; otherwise XML, whatever the body was. */
function write(
	{ settings }: Office,
	{ answers }: Operation,
	value: unknown,
	request: ProviderRequest,
	legacy: boolean,
): Answer {
	const asked = (request.headers.accept ?? '').toLowerCase().includes('application/json');
	const json = asked && !settings.forceXml;
	const offset = legacy ? settings.legacyOffset : settings.messagingOffset;
	return {
		status: 200,
		headers: { 'Content-Type': `application/${json ? 'json' : 'xml'}; charset=utf-8` },
		body: json ? toJson(answers, value, offset) : toXml(answers, value),
	};
}
