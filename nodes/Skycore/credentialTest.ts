import { credentialTest } from '../shared/credentials/credentialTest';
import { Failure, rethrow } from '../shared/errors/failure';
import { type Api, connectWith } from './api/connection';
import { getMmsIds } from './api/mms';
import { NO_RIGHT_TO_ACTION } from './codes';

/**
 * Lists the saved MMS, which changes nothing and needs only the key (docs/providers/skycore.md
 * 3.6). The XML tells a valid key from an invalid one: the HTTP status is 200 for both.
 */
async function listMms(api: Api): Promise<string> {
	try {
		await getMmsIds(api);
	} catch (error) {
		if (!(error instanceof Failure) || error.code !== NO_RIGHT_TO_ACTION) rethrow(error);
	}
	return 'Skycore knows this API key';
}

export const skycoreApiTest = credentialTest(connectWith, listMms);
