import type { IDataObject } from 'n8n-workflow';
import { isObject, text } from '../../shared/values';
import { contactKind } from '../contacts';
import { objectsOf } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** contact/get (4.4); undefined where the answer holds none. */
export async function getContact(
	api: Api,
	contactListId: string,
	contact: string,
): Promise<IDataObject | undefined> {
	const body = { contactListId, [contactKind(contact)]: contact };
	return await call(api, 'contact/get', body, ({ contact: found }) =>
		isObject(found) && Object.keys(found).length > 0 ? found : undefined,
	);
}

/** contacts/update with `upsert` (4.4): a job is queued. @param fields of the contact object */
export async function upsertContact(
	api: Api,
	contactListId: string,
	contact: string,
	fields: IDataObject,
): Promise<IDataObject> {
	const body = { contactListId, contacts: [{ contact, ...fields }], upsert: true };
	return await call(api, 'contacts/update', body, (envelope) => envelope);
}

const PLURAL = { email: 'emails', phoneNumber: 'phoneNumbers', userId: 'userIds' } as const;

/** contacts/remove (4.4): a job is queued. */
export async function removeContact(api: Api, contactListId: string, contact: string) {
	const body = { contactListId, [PLURAL[contactKind(contact)]]: [contact] };
	return await call(api, 'contacts/remove', body, (envelope) => envelope);
}

/** request/find (4.4); undefined where Wooxy does not know the id (any more). */
export async function getRequest(api: Api, id: string): Promise<IDataObject | undefined> {
	return await call(api, 'request/find', { ids: [id] }, ({ requests }) => {
		if (isObject(requests) && isObject(requests[id])) return requests[id];
		return objectsOf(requests).find((one) => text(one.id) === id);
	});
}
