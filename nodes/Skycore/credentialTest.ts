import { credentialTest } from '../shared/credentialTest';
import { Failure, rethrow } from '../shared/errors';
import { connectWith } from './api/connection';
import type { Api } from './api/connection';
import { getMmsIds } from './api/mms';
import { NO_RIGHT_TO_ACTION } from './codes';

/**
 * Tests the credential by listing the saved MMS, which changes nothing and needs the key only
 * (docs/providers/skycore.md 3.6). A good and a bad key are both answered with HTTP 200; the XML tells them apart.
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
