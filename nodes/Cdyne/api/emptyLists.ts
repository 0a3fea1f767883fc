import type { IDataObject } from 'n8n-workflow';
import { Failure, rethrow } from '../../shared/errors';
import type { Api } from './connection';
import { EMPTY_GUID, getStatus } from './status';

/**
 * A list as it came. These lists have no code for a refused key: INFERRED that they are empty then,
 * so an empty one is believed only after a look-up that does have a code.
 *
 * @throws Failure where the key is refused
 */
export async function believed(api: Api, list: IDataObject[]): Promise<IDataObject[]> {
	if (list.length > 0) return list;
	try {
		await getStatus(api, EMPTY_GUID, 'mms');
	} catch (error) {
		// that the look-up failed otherwise says nothing about the list
		if (error instanceof Failure && error.kind === 'credential') rethrow(error);
	}
	return list;
}
