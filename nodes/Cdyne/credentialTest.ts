import { credentialTest } from '../shared/credentials/credentialTest';
import { Failure, rethrow } from '../shared/errors/failure';
import { type Api, connectWith } from './api/connection';
import { throwRefusal } from './api/refusals';
import { EMPTY_GUID, getByReference, getStatus } from './api/status';
import { CREDENTIAL_NAMES } from './codes';

/** A reference that no message has. */
const UNUSED_REFERENCE = 'n8n-credential-test';

const SUSPENDED = {
	message: 'The account of this license key is suspended',
	description: 'Contact CDYNE (Esendex).',
};

/** By SMSError, and by the status of a message. */
const REJECTIONS: ReadonlyMap<string | undefined, { message: string; description: string }> =
	new Map([
		[
			'2',
			{
				message: 'CDYNE does not know this license key',
				description: 'Check License Key and Base URL.',
			},
		],
		['9', SUSPENDED],
		['402', SUSPENDED],
	]);

/**
 * Two look-ups that all services of CDYNE have: by a reference, which needs the license key, and of a
 * message, whose response shows that it is CDYNE (docs/providers/cdyne.md 3).
 *
 * @throws Failure if CDYNE rejects the license key, or if something else responds
 */
async function lookUp(api: Api): Promise<string> {
	try {
		const { reports } = await getByReference(api, UNUSED_REFERENCE);
		const rejection = reports.find(({ error }) => CREDENTIAL_NAMES.has(error.name));
		if (rejection) throwRefusal(rejection.error);
		await getStatus(api, EMPTY_GUID, 'sms');
		return 'CDYNE knows this license key';
	} catch (error) {
		const rejection = error instanceof Failure ? REJECTIONS.get(error.code) : undefined;
		if (!(error instanceof Failure) || rejection === undefined) return rethrow(error);
		return rethrow(error.with(rejection));
	}
}

export const cdyneApiTest = credentialTest(connectWith, lookUp);
