import { credentialTest } from '../shared/credentialTest';
import { fail } from '../shared/errors';
import { connectWith } from './api/connection';
import type { Api } from './api/connection';
import { EMPTY_GUID, getStatus } from './api/status';

/** What CDYNE says of a message that does not exist, to a key that it knows. */
const NO_SUCH_MESSAGE = 'MissingDidOrInvalidMessageId';

const REFUSALS: ReadonlyMap<string, string> = new Map([
	['InvalidLicenseKey', 'CDYNE does not know this license key'],
	['AccountSuspended', 'The account of this license key is suspended'],
]);

/**
 * Looks up a message that cannot exist. A good and a bad key are both answered with HTTP 200; the
 * status in the body tells them apart (404 for a good one).
 */
async function lookUpNothing(api: Api): Promise<string> {
	const { error } = await getStatus(api, EMPTY_GUID, 'mms', true);
	if (error.name === NO_SUCH_MESSAGE) return 'CDYNE knows this license key';
	return fail({
		kind: 'credential',
		message: REFUSALS.get(error.name) ?? `CDYNE answered ${error.name} to a look-up`,
		description: 'Check License Key and Base URL.',
	});
}

export const cdyneApiTest = credentialTest(connectWith, lookUpNothing);
