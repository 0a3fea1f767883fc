import { credentialTest } from '../shared/credentials/credentialTest';
import { throwFailure } from '../shared/errors/failure';
import { type Api, connectGateway, connectStatusService } from './api/connection';
import { getHealth } from './api/health';
import { listMessages } from './api/status';

/**
 * Makes the only call of the gateway without side effects. INFERRED (docs/providers/namirial.md 2):
 * it needs no login, so it verifies the Base URL but not the password.
 */
async function checkHealth(api: Api): Promise<string> {
	const { healthy } = await getHealth(api, 'Services');
	if (healthy) {
		return 'The gateway responds. Username and Password are only checked when a message is sent';
	}
	return throwFailure({
		kind: 'unavailable',
		message: 'The gateway responds, but reports that it is unavailable',
		description: 'Try again later.',
	});
}

const UNUSED_REFERENCE = 'n8n-credential-test';

/** Looks up a reference that nobody uses. The response to a valid key is an empty list. */
async function listUnusedReference(api: Api): Promise<string> {
	await listMessages(api, { referenceKey: UNUSED_REFERENCE }, 1);
	return 'Namirial knows this API key';
}

export const namirialSmsGatewayApiTest = credentialTest(connectGateway, checkHealth);

export const namirialSmsStatusApiTest = credentialTest(connectStatusService, listUnusedReference);
