/* eslint-disable @n8n/community-nodes/require-node-api-error -- a local server, not a node */
import type { Call, Core, ProviderRequest, ProviderResponse, Simulator } from '../simulator';
import { accountInfo, authorize } from './account';
import { ContactJobs } from './contactJobs';
import { newId } from './ids';
import { Lifecycle } from './lifecycle';
import { Notify } from './notify';
import { demand, isFields, readBody, readText, type Fields } from './read';
import { badRequest, failure, Rejection, success } from './responses';
import { Sms } from './sms';
import { WooxyState } from './state';

type Method = (fields: Fields) => object;

/** The page of this method shows its errors with a capital first letter. */
const CAPITALIZED_ERRORS = 'domain/get';

/** Additional fields in the error responses of some methods. */
const ERROR_FIELDS: Record<string, () => object> = {
	'domain/get': () => ({ data: [] }),
	'contacts/add': () => ({ requestId: newId() }),
	'contacts/update': () => ({ requestId: newId() }),
	'contacts/remove': () => ({ requestId: newId() }),
};

/** Preset outcomes, one for each final status. */
const PRESETS: Record<string, string> = {
	'+37255500161': 'undelivered',
	'+37255500162': 'rejected',
	'+37255500163': 'failed',
	'+37255500164': 'optedOut',
	'+37255500165': 'noReceipt',
	'+37255500166': 'expired',
};

/** Simulates Wooxy's API v3 of docs/providers/wooxy.md. */
export function createWooxy(core: Core): Simulator {
	const state = new WooxyState(core);
	const notify = new Notify(state);
	const sms = new Sms(state, new Lifecycle(state, notify));
	const jobs = new ContactJobs(state, notify);
	const methods = methodsOf(state, sms, jobs);
	for (const [number, outcome] of Object.entries(PRESETS)) core.numbers.preset(number, outcome);

	return {
		name: 'wooxy',
		title: 'Wooxy',
		settings: state.settings,
		read(request): Call {
			const operation = operationOf(request, methods);
			return {
				operation,
				recipients: recipients(operation, request.body, sms),
				respond: () => respond(request, operation, methods.get(operation), state),
			};
		},
		reset() {
			state.clear();
			jobs.clear();
		},
		fire: (order) => notify.fire(order),
	};
}

/** Returns the methods by path. */
function methodsOf(state: WooxyState, sms: Sms, jobs: ContactJobs): Map<string, Method> {
	const { blackList, contacts, domains, lists, settings, tags, webhooks } = state;
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
				return contacts.get(fields, lists.require(id), id);
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

/** Checks in Wooxy's order: load, HTTP method and path, token, JSON, fields of the method. */
function respond(
	request: ProviderRequest,
	operation: string,
	method: Method | undefined,
	{ settings }: WooxyState,
): ProviderResponse {
	let errorFields = {};
	try {
		if (settings.refuseBeyondLimit && request.inFlight > settings.inFlightLimit) {
			throw new Rejection(settings.tooManyText, 'tooMany');
		}
		if (method === undefined || request.method !== 'POST') throw badRequest();
		authorize(request.headers, settings);
		errorFields = ERROR_FIELDS[operation]?.() ?? {};
		const fields = readBody(request.body, request.headers['content-type'] ?? '', settings);
		return success(method(fields), settings);
	} catch (error) {
		if (!(error instanceof Rejection)) throw error;
		const capitalize = operation === CAPITALIZED_ERRORS && error.reason !== 'input';
		return failure(capitalize ? capitalized(error) : error, settings, errorFields);
	}
}

function capitalized({ message, reason }: Rejection): Rejection {
	return new Rejection(message.charAt(0).toUpperCase() + message.slice(1), reason);
}

function operationOf({ path }: ProviderRequest, methods: Map<string, Method>): string {
	const operation = path.startsWith('/v3/') ? path.slice('/v3/'.length) : '';
	return methods.has(operation) ? operation : 'unknown';
}

/** Returns the phone numbers in a request, before it is validated. */
function recipients(operation: string, body: Buffer, sms: Sms): string[] {
	let fields: unknown;
	try {
		fields = JSON.parse(body.toString());
	} catch {
		return [];
	}
	if (!isFields(fields)) return [];
	if (operation === 'sms/trigger') return strings([sms.triggerNumber(fields)]);
	const records = Array.isArray(fields.records) ? fields.records : [];
	return strings([
		fields.phoneNumber,
		...records.map((record: Fields | null) => record?.phoneNumber),
	]);
}

function strings(values: unknown[]): string[] {
	return values.filter((value) => typeof value === 'string');
}
