import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { fail, Failure, wordsOf } from './errors';
import type { HttpContext } from './http';
import type { Redact } from './redact';
import { SHORTEST_TOKEN, tokensIn } from './secret';

/** Tests of credentials that read the provider's answer, which no rule of a declared test can. */

/** Lets a credential test make requests as operations do. */
function testContext({ helpers }: ICredentialTestFunctions): HttpContext {
	return {
		helpers: {
			// a test is offered no other helper than this older one
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

/** @throws Failure for a postback token that is too short to be one, or has a comma in it */
function checkToken(values: ICredentialDataDecryptedObject): void {
	for (const token of tokensIn(values.postbackToken)) {
		if (token.length < SHORTEST_TOKEN) {
			fail({
				kind: 'credential',
				message: `The Postback Token has ${token.length} characters, and it takes ${SHORTEST_TOKEN} or more`,
				description: 'Generate one, for example with a password manager, or leave the field empty.',
			});
		}
		if (!token.includes(',')) continue;
		fail({
			kind: 'credential',
			message: `One of the tokens in Postback Token is shorter than ${SHORTEST_TOKEN} characters`,
			description: 'Commas part several tokens, each of which takes as many. Give a longer one.',
		});
	}
}

/** What a test asks the provider, and the words for what that proves. */
type Test<Api> = (api: Api) => Promise<string>;

/**
 * A credential's test, as n8n calls it. A failure becomes the sentences that the user sees.
 *
 * @param connect makes the connection of the credential's values, as the nodes do
 */
export function credentialTest<Api extends { redact: Redact }>(
	connect: (context: HttpContext, values: ICredentialDataDecryptedObject) => Api,
	test: Test<Api>,
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
			return { status: 'Error', message: redact(sentencesOf(error)) };
		}
	};
}

function sentencesOf(error: unknown): string {
	const { description } = error instanceof Failure ? error : { description: undefined };
	return description ? `${wordsOf(error)}. ${description}` : wordsOf(error);
}
