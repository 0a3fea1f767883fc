/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a local server, not a node */
import http from 'node:http';
import https from 'node:https';

export interface PostResult {
	/** Null if there was no response. */
	status: number | null;
	/** The body as text, cut at 64 KiB. */
	body: string;
	durationMs: number;
	/** Why there was no response. */
	error: string | null;
}

export interface PostRequest {
	url: string;
	headers: Record<string, string>;
	body: Buffer;
	timeoutMs: number;
	signal: AbortSignal;
}

/** .NET's HTTP client waits this long for "100 Continue", then sends the body anyway. */
const CONTINUE_WAIT_MS = 350;
const MAX_KEPT_BYTES = 64 * 1024;

/**
 * Sends a POST with exactly these headers. fetch would add headers, and does not support `Expect`.
 * @returns the response, or the error; the promise never rejects
 */
export async function post({ url, headers, body, timeoutMs, signal }: PostRequest) {
	const started = performance.now();
	return await new Promise<PostResult>((resolve) => {
		const end = (result: Omit<PostResult, 'durationMs'>) => {
			clearTimeout(timeout);
			clearTimeout(continueTimer);
			resolve({ ...result, durationMs: Math.round(performance.now() - started) });
		};
		const fail = (error: string) => end({ status: null, body: '', error });
		const send = () => {
			clearTimeout(continueTimer);
			if (!request.writableEnded) request.end(body);
		};
		const timeout = setTimeout(() => {
			request.destroy(new Error(`no response within ${timeoutMs} ms`));
		}, timeoutMs);
		const expects = Object.keys(headers).some((name) => name.toLowerCase() === 'expect');
		const continueTimer = expects ? setTimeout(send, CONTINUE_WAIT_MS) : undefined;

		const target = new URL(url);
		const { request: openRequest } = target.protocol === 'https:' ? https : http;
		let request: http.ClientRequest;
		try {
			const allHeaders = completeHeaders(headers, target, body);
			request = openRequest(target, { method: 'POST', headers: allHeaders, agent: false, signal });
		} catch (error) {
			// a postback sent by hand may have an invalid header or protocol
			fail(error instanceof Error ? error.message : String(error));
			return;
		}
		request.on('error', (error) => fail(error.message));
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', (error) => fail(error.message));
			response.on('end', () => {
				const text = Buffer.concat(chunks).subarray(0, MAX_KEPT_BYTES).toString();
				end({ status: response.statusCode ?? null, body: text, error: null });
			});
		});
		if (expects) {
			request.on('continue', send);
			request.flushHeaders();
		} else {
			send();
		}
	});
}

/** Fills in Host if it is present, and Content-Length always. */
function completeHeaders(headers: Record<string, string>, target: URL, body: Buffer) {
	const complete: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value === '' && name.toLowerCase() === 'host') complete[name] = target.host;
		else if (name.toLowerCase() !== 'content-length') complete[name] = value;
		else complete[name] = String(body.length);
	}
	if (!Object.keys(complete).some((name) => name.toLowerCase() === 'content-length')) {
		complete['Content-Length'] = String(body.length);
	}
	return complete;
}
