import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { testContext, testResult } from '../shared/credentialTest';
import { Failure } from '../shared/errors';
import { connectWith, getMmsIds } from './api';
import { NO_RIGHT_TO_ACTION } from './codes';

/**
 * Tests the credential by listing the saved MMS, which changes nothing and needs the key only
 * (skycore.md 3.6). A good and a bad key are both answered with HTTP 200; the XML tells them apart.
 */
export async function skycoreApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const values = credential.data ?? {};
	return await testResult(async () => {
		const api = connectWith(testContext(this), values);
		try {
			await getMmsIds(api);
		} catch (error) {
			rethrowUnlessKnownKey(error, api.redact);
		}
		return 'Skycore knows this API key';
	});
}

function rethrowUnlessKnownKey(error: unknown, redact: (text: string) => string): void {
	if (error instanceof Failure) {
		if (error.code === NO_RIGHT_TO_ACTION) return;
		const { message, description = '' } = error;
		throw error.with({ message: redact(`${message}. ${description}`.trim()) });
	}
	throw error;
}
