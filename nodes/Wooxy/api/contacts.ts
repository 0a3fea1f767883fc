import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/formats/providerTime';
import { isObject, getOwn, textOrNull } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { listOf, OBJECT, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { contactKind } from '../number';
import { objectsOf, trimKeys } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** Contacts of a list. Wooxy processes changes later (docs/providers/wooxy.md 4.4). */

/** A contact by its list and its e-mail address, phone number or user id. */
export interface ContactKey {
	contactListId: string;
	contact: string;
}

/** contact/get; undefined if the response has no contact. */
export async function getContact(
	api: Api,
	{ contactListId, contact }: ContactKey,
): Promise<Output | undefined> {
	const body = { contactListId, [contactKind(contact)]: contact };
	return await call(api, 'contact/get', body, ({ contact: raw }) =>
		isObject(raw) && Object.keys(raw).length > 0
			? { json: { provider: PROVIDER, contactListId, ...trimKeys(raw) }, raw }
			: undefined,
	);
}

/** The response to a change, which Wooxy has not processed yet. */
export const changeSchema = {
	provider: TEXT,
	requestId: TEXT_OR_NULL,
	contactListId: TEXT,
	contact: TEXT,
};

/** Reads the ID under which the outcome of a change can be looked up. */
function readChange({ contactListId, contact }: ContactKey) {
	return (raw: IDataObject): Output => ({
		json: { provider: PROVIDER, requestId: textOrNull(raw.requestId), contactListId, contact },
		raw,
	});
}

/** contacts/update with `upsert`. @param fields what to store with the contact */
export async function upsertContact(api: Api, key: ContactKey, fields: IDataObject) {
	const { contactListId, contact } = key;
	const body = { contactListId, contacts: [{ contact, ...fields }], upsert: true };
	return await call(api, 'contacts/update', body, readChange(key));
}

const PLURAL = { email: 'emails', phoneNumber: 'phoneNumbers', userId: 'userIds' } as const;

export async function removeContact(api: Api, key: ContactKey): Promise<Output> {
	const { contactListId, contact } = key;
	const body = { contactListId, [PLURAL[contactKind(contact)]]: [contact] };
	return await call(api, 'contacts/remove', body, readChange(key));
}

export const requestSchema = {
	provider: TEXT,
	requestId: TEXT,
	source: TEXT_OR_NULL,
	status: TEXT_OR_NULL,
	createdAt: TEXT_OR_NULL,
	updatedAt: TEXT_OR_NULL,
	succeeded: listOf(OBJECT),
	failed: listOf(OBJECT),
};

function readRequest(requestId: string, raw: IDataObject): Output {
	const results = isObject(raw.results) ? raw.results : {};
	return {
		json: {
			provider: PROVIDER,
			requestId,
			source: textOrNull(raw.source),
			status: textOrNull(raw.status),
			createdAt: readIsoTime(raw.createdAt),
			updatedAt: readIsoTime(raw.updatedAt),
			succeeded: objectsOf(results.success),
			failed: objectsOf(results.errors),
		},
		raw,
	};
}

/** request/find; undefined if the ID is unknown, or older than a week. */
export async function getRequest(api: Api, id: string): Promise<Output | undefined> {
	return await call(api, 'request/find', { ids: [id] }, ({ requests }) => {
		const byId = isObject(requests) ? getOwn(requests, id) : undefined;
		const raw = isObject(byId)
			? byId
			: objectsOf(requests).find((request) => textOrNull(request.id) === id);
		return raw && readRequest(id, raw);
	});
}
