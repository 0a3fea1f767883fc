/* eslint-disable @n8n/community-nodes/require-node-api-error -- a server of ours, not a node */
import type { Answer, Call, Core, ProviderRequest, Simulator } from '../simulator';
import { accountInfo, authorize } from './account';
import { badRequest, failure, Refusal, success } from './answer';
import { newId } from './ids';
import { Jobs } from './jobs';
import { Life } from './life';
import { Notify } from './notify';
import { Office } from './office';
import { demand, isFields, readBody, readText, type Fields } from './read';
import { Sms } from './sms';

type Method = (fields: Fields) => object;

/** Four errors begin with a capital letter on this method's page. */
const CAPITALS = 'domain/get';

/** What stands beside the errors of some methods. */
const BESIDE_ERRORS: Record<string, () => object> = {
	'domain/get': () => ({ data: [] }),
	'contacts/add': () => ({ requestId: newId() }),
	'contacts/update': () => ({ requestId: newId() }),
	'contacts/remove': () => ({ requestId: newId() }),
};

/** Scripted from the start, so that each end of a message's life can be seen without a setting. */
const SCRIPTS: Record<string, string> = {
	'+37255500161': 'undelivered',
	'+37255500162': 'rejected',
	'+37255500163': 'failed',
	'+37255500164': 'optedOut',
	'+37255500165': 'noReceipt',
	'+37255500166': 'expired',
};

/** Wooxy's API v3 after docs/providers/wooxy.md. */
export function createWooxy(core: Core): Simulator {
	const office = new Office(core);
	const notify = new Notify(office);
	const sms = new Sms(office, new Life(office, notify));
	const jobs = new Jobs(office, notify);
	const methods = methodsOf(office, sms, jobs);
	for (const [number, outcome] of Object.entries(SCRIPTS)) core.numbers.preset(number, outcome);

	return {
		name: 'wooxy',
		title: 'Wooxy',
		settings: office.settings,
		take(request): Call {
			const operation = operationOf(request, methods);
			return {
				operation,
				recipients: recipients(operation, request.body, sms),
				answer: () => answer(request, operation, methods.get(operation), office),
			};
		},
		reset() {
			office.clear();
			jobs.clear();
		},
		fire: (order) => notify.fire(order),
	};
}

/** By path: the area and the verb. */
function methodsOf(office: Office, sms: Sms, jobs: Jobs): Map<string, Method> {
	const { blackList, contacts, domains, lists, settings, tags, webhooks } = office;
	return new Map<string, Method>([
		['sms/send', (fields) => sms.send(fields)],
		['sms/trigger', (fields) => sms.trigger(fields)],
		['sms/info', (fields) => sms.info(fields)],
		['webhook/create', (fields) => webhooks.create(fields)],
		['webhook/list', () => webhooks.list()],
		['webhook/remove', (fields) => webhooks.remove(fields)],
		['domain/find', (fields) => domains.find(fields)],
		['domain/get', (fields) => domains.get(fields)],
		['contact-list/find', (fields) => lists.find(fields)],
		['contact-list/get', (fields) => lists.get(fields)],
		['phone-blacklist/add', (fields) => blackList.add(fields)],
		['phone-blacklist/find', (fields) => blackList.find(fields)],
		['phone-blacklist/remove', (fields) => blackList.remove(fields)],
		['contacts/add', (fields) => jobs.add(fields)],
		['contacts/update', (fields) => jobs.update(fields)],
		['contacts/remove', (fields) => jobs.remove(fields)],
		[
			'contact/get',
			(fields) => {
				demand(fields, 'contactListId');
				const id = readText(fields, 'contactListId');
				return contacts.get(fields, lists.named(id), id);
			},
		],
		['request/find', (fields) => jobs.find(fields)],
		['tags/create', (fields) => tags.create(fields)],
		['tags/get', (fields) => tags.get(fields)],
		['tags/update', (fields) => tags.update(fields)],
		['tags/remove', (fields) => tags.remove(fields)],
		['account/info', () => accountInfo(settings)],
	]);
}

/** In the order of Wooxy's checks: load, method and path, token, JSON, and then the method's own. */
function answer(
	request: ProviderRequest,
	operation: string,
	method: Method | undefined,
	{ settings }: Office,
): Answer {
	let beside = {};
	try {
		if (settings.refuseBeyondLimit && request.inFlight > settings.inFlightLimit) {
			throw new Refusal(settings.tooManyText, 'tooMany');
		}
		if (method === undefined || request.method !== 'POST') throw badRequest();
		authorize(request.headers, settings);
		beside = BESIDE_ERRORS[operation]?.() ?? {};
		const fields = readBody(request.body, request.headers['content-type'] ?? '', settings);
		return success(method(fields), settings);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const capital = operation === CAPITALS && error.reason !== 'input';
		return failure(capital ? capitalized(error) : error, settings, beside);
	}
}

function capitalized({ message, reason }: Refusal): Refusal {
	return new Refusal(message.charAt(0).toUpperCase() + message.slice(1), reason);
}

function operationOf({ path }: ProviderRequest, methods: Map<string, Method>): string {
	const operation = path.startsWith('/v3/') ? path.slice('/v3/'.length) : '';
	return methods.has(operation) ? operation : 'unknown';
}

/** As far as the numbers can be told without checking anything. */
function recipients(operation: string, body: Buffer, sms: Sms): string[] {
	let fields: unknown;
	try {
		fields = JSON.parse(body.toString());
	} catch {
		return [];
	}
	if (!isFields(fields)) return [];
	if (operation === 'sms/trigger') return texts([sms.numberOf(fields)]);
	const records = Array.isArray(fields.records) ? fields.records : [];
	return texts([
		fields.phoneNumber,
		...records.map((record: Fields | null) => record?.phoneNumber),
	]);
}

function texts(values: unknown[]): string[] {
	return values.filter((value) => typeof value === 'string');
}
