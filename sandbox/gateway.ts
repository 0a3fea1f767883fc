/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, Faults } from './faults';
import type { LoggedRequest, RequestLog } from './requests';
import type { Call, ProviderRequest, ProviderResponse, Simulator } from './simulator';

interface Services {
	faults: Faults;
	requests: RequestLog;
}

const MAX_LOGGED_BYTES = 64 * 1024;

const ERROR_PAGE = `<!DOCTYPE html>
<html><head><title>Service Unavailable</title></head>
<body><h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p>
</body></html>
`;

/**
 * Handles an HTTP request to a provider: its simulator reads the request, a fault may apply, and
 * the response is written. No web framework is involved, so the simulator receives every method,
 * content type and body unchanged.
 */
export async function serve(
	simulator: Simulator,
	request: IncomingMessage,
	response: ServerResponse,
	{ faults, requests }: Services,
): Promise<void> {
	const body = await readBody(request);
	if (body === undefined) return;
	const url = new URL(request.url ?? '/', 'http://sandbox');
	const call = readCall(simulator, {
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
		body: body.subarray(0, MAX_LOGGED_BYTES).toString(),
		recipients: call.recipients,
	});
	response.on('close', () =>
		requests.end(
			entry,
			response.writableFinished ? 'answered' : 'gaveUp',
			response.headersSent ? response.statusCode : null,
		),
	);
	const fault = faults.claim({ ...entry });
	entry.fault = fault?.kind ?? null;
	if (fault === undefined) {
		write(response, await process(call, entry));
		return;
	}
	await applyFault(fault, call, entry, response, requests);
}

function readCall(simulator: Simulator, request: ProviderRequest): Call {
	try {
		return simulator.read(request);
	} catch (error) {
		return { operation: 'unknown', recipients: [], respond: () => Promise.reject(error) };
	}
}

async function applyFault(
	fault: Fault,
	call: Call,
	entry: LoggedRequest,
	response: ServerResponse,
	requests: RequestLog,
): Promise<void> {
	const processed = fault.when === 'after' ? await process(call, entry) : undefined;
	switch (fault.kind) {
		case 'delay':
			// in real time, because this tests the timeout of the client
			await pause(fault.ms ?? 1_000, undefined, { ref: false });
			write(response, processed ?? (await process(call, entry)));
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
				...processed!,
				headers: {
					...processed!.headers,
					'Content-Type': fault.contentType ?? 'application/octet-stream',
				},
			});
			return;
		case 'truncate':
			truncate(response, processed!, fault.broken ?? false);
			return;
	}
}

async function process(call: Call, entry: LoggedRequest): Promise<ProviderResponse> {
	entry.processed = true;
	try {
		return await call.respond();
	} catch (error) {
		// a bug in the simulator must not look like a response of the provider
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return { status: 500, headers: { 'Content-Type': 'text/plain' }, body: `sandbox: ${text}` };
	}
}

function write(
	response: ServerResponse,
	{ status, headers = {}, body = '' }: ProviderResponse,
): void {
	if (response.destroyed) return;
	const bytes = Buffer.from(body);
	response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
	response.end(bytes);
}

function truncate(response: ServerResponse, full: ProviderResponse, broken: boolean): void {
	const bytes = Buffer.from(full.body ?? '');
	const half = bytes.subarray(0, Math.floor(bytes.length / 2));
	if (!broken) {
		write(response, { ...full, body: half });
		return;
	}
	response.writeHead(full.status, { ...full.headers, 'Content-Length': bytes.length });
	response.write(half, () => response.socket?.destroy());
}

/** Returns the whole body, or undefined if the client disconnected before it was complete. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
	return await new Promise((resolve) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => resolve(Buffer.concat(chunks)));
		request.on('error', () => resolve(undefined));
		request.on('close', () => resolve(undefined));
	});
}
