import type { IDataObject } from 'n8n-workflow';
import { Failure, rethrow } from '../../shared/errors/failure';
import type { Api } from './connection';
import { EMPTY_GUID, getStatus } from './status';

/**
 * Returns the list unchanged. These lists have no code for a rejected license key. INFERRED: they
 * are empty then, so an empty list is trusted only after a look-up that has such a code.
 *
 * @throws Failure if the license key is rejected
 */
export async function verifyEmptyList(api: Api, list: IDataObject[]): Promise<IDataObject[]> {
	if (list.length > 0) return list;
	try {
		await getStatus(api, EMPTY_GUID, 'mms');
	} catch (error) {
		// any other failure says nothing about the list
		if (error instanceof Failure && error.kind === 'credential') rethrow(error);
	}
	return list;
}
