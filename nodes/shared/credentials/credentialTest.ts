import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { throwFailure, Failure, messageOf } from '../errors/failure';
import type { Redact } from '../errors/redact';
import type { HttpContext } from '../http/request';
import { MIN_TOKEN_LENGTH, parseTokens } from './postbackToken';

/** Credential tests as code, because n8n's declared tests cannot read a provider's response. */

/** A context in which a credential test can make requests like an operation. */
function testContext({ helpers }: ICredentialTestFunctions): HttpContext {
	return {
		helpers: {
			// the only helper that n8n gives to credential tests, an older one
			httpRequest: async ({ method, url, qs, headers, body, timeout }: IHttpRequestOptions) =>
				(await helpers.request({
					method,
					uri: url,
					qs,
					headers,
					body,
					timeout,
					followRedirect: false,
					followAllRedirects: false,
					simple: false,
					resolveWithFullResponse: true,
				})) as unknown,
		},
	};
}

/** @throws Failure if a postback token is too short */
function checkToken(values: ICredentialDataDecryptedObject): void {
	for (const token of parseTokens(values.postbackToken)) {
		if (token.length < MIN_TOKEN_LENGTH) {
			throwFailure({
				kind: 'credential',
				message: `The Postback Token has ${token.length} characters, but needs at least ${MIN_TOKEN_LENGTH}`,
				description: 'Generate one, for example with a password manager, or leave the field empty.',
			});
		}
		// a token with a comma in it is a list of which one part is too short
		if (!token.includes(',')) continue;
		throwFailure({
			kind: 'credential',
			message: `One of the tokens in Postback Token is shorter than ${MIN_TOKEN_LENGTH} characters`,
			description:
				'Commas separate several tokens, each of which needs that many characters. Use a longer one.',
		});
	}
}

/**
 * The test of a credential, in the form that n8n calls. A failure becomes the message that the user
 * sees, with its description.
 *
 * @param connect makes a connection from the values of the credential, as the nodes do
 * @param test makes the test's request; returns the message for the user
 */
export function credentialTest<Api extends { redact: Redact }>(
	connect: (context: HttpContext, values: ICredentialDataDecryptedObject) => Api,
	test: (api: Api) => Promise<string>,
) {
	return async function (
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		const values = credential.data ?? {};
		let redact: Redact = (value) => value;
		try {
			checkToken(values);
			const api = connect(testContext(this), values);
			redact = api.redact;
			return { status: 'OK', message: await test(api) };
		} catch (error) {
			const message = messageOf(error);
			const advice = error instanceof Failure && error.description ? `. ${error.description}` : '';
			return { status: 'Error', message: redact(message + advice) };
		}
	};
}
