import type {
	IHttpRequestOptions,
	INodeCredentialTestResult,
	ICredentialTestFunctions,
} from 'n8n-workflow';
import type { HttpContext } from './http';

/**
 * Lets a credential test make requests as operations do. For providers whose answer no rule of a
 * declarative test can read: it would have to be JSON.
 */
export function testContext({ helpers }: ICredentialTestFunctions): HttpContext {
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

/** Runs a test and tells what came of it; a failure becomes the text that the user sees. */
export async function testResult(test: () => Promise<string>): Promise<INodeCredentialTestResult> {
	try {
		return { status: 'OK', message: await test() };
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}
