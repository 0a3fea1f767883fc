import { credentialTest } from '../shared/credentialTest';
import { fail } from '../shared/errors';
import { connectGateway, connectStatusService } from './api/connection';
import type { Api } from './api/connection';
import { getHealth } from './api/health';
import { listMessages } from './api/status';

/**
 * The only call of the gateway without side effects. It seems to need no login (docs/providers/namirial.md 2), so
 * it proves the address rather than the password.
 */
async function askHealth(api: Api): Promise<string> {
	const { healthy } = await getHealth(api, 'Services');
	if (healthy) {
		return 'The gateway answers. Whether Username and Password are right shows when a message is sent';
	}
	return fail({
		kind: 'unavailable',
		message: 'The gateway answers, but says that it is out of order',
		description: 'Try again later.',
	});
}

const NOBODYS = 'n8n-credential-test';

/** Looks up a reference that nobody uses: an empty list for a good key. */
async function listNothing(api: Api): Promise<string> {
	await listMessages(api, { referenceKey: NOBODYS }, 1);
	return 'Namirial knows this API key';
}

export const namirialSmsGatewayApiTest = credentialTest(connectGateway, askHealth);

export const namirialSmsStatusApiTest = credentialTest(connectStatusService, listNothing);
