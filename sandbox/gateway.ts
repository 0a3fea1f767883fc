/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of ours, not a node */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, Faults } from './faults';
import type { LoggedRequest, RequestLog } from './requests';
import type { Answer, Call, ProviderRequest, Simulator } from './simulator';

interface Parts {
	faults: Faults;
	requests: RequestLog;
}

const LOGGED_BODY = 64 * 1024;

const ERROR_PAGE = `<!DOCTYPE html>
<html><head><title>Service Unavailable</title></head>
<body><h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p>
</body></html>
`;

/**
 * Takes a raw HTTP request to a provider, lets its simulator read it, lets a fault strike, and
 * writes the answer. No web framework is in between, so that a simulator sees every content type,
 * method and body as it came.
 */
export async function serve(
	simulator: Simulator,
	request: IncomingMessage,
	response: ServerResponse,
	{ faults, requests }: Parts,
): Promise<void> {
	const body = await read(request);
	if (body === undefined) return;
	const url = new URL(request.url ?? '/', 'http://sandbox');
	const call = take(simulator, {
		method: request.method ?? 'GET',
		path: url.pathname.slice(simulator.name.length + 1),
		query: url.searchParams,
		headers: request.headers,
		body,
		baseUrl: `http://${request.headers.host ?? '127.0.0.1'}/${simulator.name}`,
		inFlight: requests.underWay(simulator.name) + 1,
	});
	const entry = requests.begin({
		provider: simulator.name,
		operation: call.operation,
		method: request.method ?? 'GET',
		url: request.url ?? '/',
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		),
		body: body.subarray(0, LOGGED_BODY).toString(),
		recipients: call.recipients,
	});
	response.on('close', () =>
		requests.end(
			entry,
			response.writableFinished ? 'answered' : 'gaveUp',
			response.headersSent ? response.statusCode : null,
		),
	);
	const fault = faults.strike({ ...entry });
	entry.fault = fault?.kind ?? null;
	if (fault === undefined) {
		write(response, await work(call, entry));
		return;
	}
	await strike(fault, call, entry, response, requests);
}

function take(simulator: Simulator, request: ProviderRequest): Call {
	try {
		return simulator.take(request);
	} catch (error) {
		return { operation: 'unknown', recipients: [], answer: () => Promise.reject(error) };
	}
}

async function strike(
	fault: Fault,
	call: Call,
	entry: LoggedRequest,
	response: ServerResponse,
	requests: RequestLog,
): Promise<void> {
	// the answer that is then lost, late or spoilt
	const answer = fault.when === 'after' ? await work(call, entry) : undefined;
	switch (fault.kind) {
		case 'delay':
			// of the real clock: it is the client's patience that this tries
			await pause(fault.ms ?? 1_000, undefined, { ref: false });
			write(response, answer ?? (await work(call, entry)));
			return;
		case 'hang':
			return;
		case 'reset':
			requests.end(entry, 'reset', null);
			response.socket?.resetAndDestroy();
			return;
		case 'status':
			write(response, {
				status: fault.status ?? 503,
				headers: fault.headers,
				body: fault.body ?? '',
			});
			return;
		case 'html':
			write(response, {
				status: fault.status ?? 502,
				headers: { 'Content-Type': 'text/html; charset=utf-8', ...fault.headers },
				body: fault.body ?? ERROR_PAGE,
			});
			return;
		case 'empty':
			write(response, { status: fault.status ?? 200, headers: fault.headers });
			return;
		case 'contentType':
			write(response, {
				...answer!,
				headers: {
					...answer!.headers,
					'Content-Type': fault.contentType ?? 'application/octet-stream',
				},
			});
			return;
		case 'truncate':
			cut(response, answer!, fault.broken ?? false);
			return;
	}
}

async function work(call: Call, entry: LoggedRequest): Promise<Answer> {
	entry.processed = true;
	try {
		return await call.answer();
	} catch (error) {
		// a bug of the simulator's, so it must not look like something the provider says
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return { status: 500, headers: { 'Content-Type': 'text/plain' }, body: `sandbox: ${text}` };
	}
}

function write(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
	if (response.destroyed) return;
	const bytes = Buffer.from(body);
	response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
	response.end(bytes);
}

function cut(response: ServerResponse, answer: Answer, broken: boolean): void {
	const bytes = Buffer.from(answer.body ?? '');
	const half = bytes.subarray(0, Math.floor(bytes.length / 2));
	if (!broken) {
		write(response, { ...answer, body: half });
		return;
	}
	response.writeHead(answer.status, { ...answer.headers, 'Content-Length': bytes.length });
	response.write(half, () => response.socket?.destroy());
}

/** The whole body; undefined where the client went away before it was complete. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
	return await new Promise((resolve) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => resolve(Buffer.concat(chunks)));
		request.on('error', () => resolve(undefined));
		request.on('close', () => resolve(undefined));
	});
}
