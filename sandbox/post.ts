/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server of ours, not a node */
import http from 'node:http';
import https from 'node:https';

export interface PostAnswer {
	/** Null where no answer came. */
	status: number | null;
	/** The body as text, cut at 64 KiB. */
	body: string;
	durationMs: number;
	/** Why there was no answer. */
	error: string | null;
}

export interface PostRequest {
	url: string;
	headers: Record<string, string>;
	body: Buffer;
	timeoutMs: number;
	signal: AbortSignal;
}

/** .NET's HTTP client waits this long for "100 Continue" and then sends the body all the same. */
const CONTINUE_WAIT_MS = 350;
const KEPT = 64 * 1024;

/**
 * One POST with exactly the given headers: fetch would add its own, and knows no `Expect`.
 * Never rejects: what went wrong is in the answer.
 */
export async function post({ url, headers, body, timeoutMs, signal }: PostRequest) {
	const started = performance.now();
	return await new Promise<PostAnswer>((resolve) => {
		const end = (answer: Omit<PostAnswer, 'durationMs'>) => {
			clearTimeout(patience);
			clearTimeout(goAhead);
			resolve({ ...answer, durationMs: Math.round(performance.now() - started) });
		};
		const fail = (error: string) => end({ status: null, body: '', error });
		const send = () => {
			clearTimeout(goAhead);
			if (!request.writableEnded) request.end(body);
		};
		const patience = setTimeout(() => {
			request.destroy(new Error(`no answer within ${timeoutMs} ms`));
		}, timeoutMs);
		const expects = Object.keys(headers).some((name) => name.toLowerCase() === 'expect');
		const goAhead = expects ? setTimeout(send, CONTINUE_WAIT_MS) : undefined;

		const target = new URL(url);
		const { request: open } = target.protocol === 'https:' ? https : http;
		let request: http.ClientRequest;
		try {
			const all = complete(headers, target, body);
			request = open(target, { method: 'POST', headers: all, agent: false, signal });
		} catch (error) {
			// a header or a protocol that cannot be sent, ordered by hand
			fail(error instanceof Error ? error.message : String(error));
			return;
		}
		request.on('error', (error) => fail(error.message));
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', (error) => fail(error.message));
			response.on('end', () => {
				const text = Buffer.concat(chunks).subarray(0, KEPT).toString();
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

/** Host and Content-Length get their value; a Content-Length is there even if none was asked for. */
function complete(headers: Record<string, string>, target: URL, body: Buffer) {
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
