import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/clock';
import type { Output } from '../../shared/item';
import { listOf, OBJECT, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { isObject, own, text } from '../../shared/values';
import { PROVIDER } from '../name';
import { contactKind } from '../number';
import { objectsOf, trimKeys } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** Contacts of a list, which Wooxy changes some time after it was asked to (docs/providers/wooxy.md 4.4). */

/** A contact by its list and its e-mail address, phone number or user id. */
export interface ContactName {
	contactListId: string;
	contact: string;
}

/** contact/get; undefined where the answer holds none. */
export async function getContact(
	api: Api,
	{ contactListId, contact }: ContactName,
): Promise<Output | undefined> {
	const body = { contactListId, [contactKind(contact)]: contact };
	return await call(api, 'contact/get', body, ({ contact: raw }) =>
		isObject(raw) && Object.keys(raw).length > 0
			? { json: { provider: PROVIDER, contactListId, ...trimKeys(raw) }, raw }
			: undefined,
	);
}

/** What a change returns, which is made later. */
export const changeShape = {
	provider: TEXT,
	requestId: TEXT_OR_NULL,
	contactListId: TEXT,
	contact: TEXT,
};

/** The id of a change, by which its outcome can be looked up. */
function queued({ contactListId, contact }: ContactName) {
	return (raw: IDataObject): Output => ({
		json: { provider: PROVIDER, requestId: text(raw.requestId), contactListId, contact },
		raw,
	});
}

/** contacts/update with `upsert`. @param fields of the contact object */
export async function upsertContact(
	api: Api,
	name: ContactName,
	fields: IDataObject,
): Promise<Output> {
	const { contactListId, contact } = name;
	const body = { contactListId, contacts: [{ contact, ...fields }], upsert: true };
	return await call(api, 'contacts/update', body, queued(name));
}

const PLURAL = { email: 'emails', phoneNumber: 'phoneNumbers', userId: 'userIds' } as const;

/** contacts/remove. */
export async function removeContact(api: Api, name: ContactName): Promise<Output> {
	const { contactListId, contact } = name;
	const body = { contactListId, [PLURAL[contactKind(contact)]]: [contact] };
	return await call(api, 'contacts/remove', body, queued(name));
}

export const requestShape = {
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
			source: text(raw.source),
			status: text(raw.status),
			createdAt: readIsoTime(raw.createdAt),
			updatedAt: readIsoTime(raw.updatedAt),
			succeeded: objectsOf(results.success),
			failed: objectsOf(results.errors),
		},
		raw,
	};
}

/** request/find; undefined where Wooxy does not know the id (any more). */
export async function getRequest(api: Api, id: string): Promise<Output | undefined> {
	return await call(api, 'request/find', { ids: [id] }, ({ requests }) => {
		const named = isObject(requests) ? own(requests, id) : undefined;
		const raw = isObject(named) ? named : objectsOf(requests).find((one) => text(one.id) === id);
		return raw && readRequest(id, raw);
	});
}
