import { credentialTest } from '../shared/credentials/credentialTest';
import { throwFailure } from '../shared/errors/failure';
import { type Api, connectWith } from './api/connection';
import { EMPTY_GUID, getStatus } from './api/status';

/** The status of a message that does not exist, if the license key is valid. */
const NO_SUCH_MESSAGE = 'MissingDidOrInvalidMessageId';

const REJECTIONS: ReadonlyMap<string, string> = new Map([
	['InvalidLicenseKey', 'CDYNE does not know this license key'],
	['AccountSuspended', 'The account of this license key is suspended'],
]);

/**
 * Looks up a message that cannot exist. CDYNE responds with HTTP 200 to valid and invalid keys.
 * INFERRED (docs/providers/cdyne.md 3): the status in the body is 404 for a valid key.
 */
async function lookUpMissingMessage(api: Api): Promise<string> {
	const { error } = await getStatus(api, EMPTY_GUID, 'mms', true);
	if (error.name === NO_SUCH_MESSAGE) return 'CDYNE knows this license key';
	return throwFailure({
		kind: 'credential',
		message: REJECTIONS.get(error.name) ?? `CDYNE responded to a look-up with ${error.name}`,
		description: 'Check License Key and Base URL.',
	});
}

export const cdyneApiTest = credentialTest(connectWith, lookUpMissingMessage);
