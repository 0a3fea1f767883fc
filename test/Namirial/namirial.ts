import type { IDataObject } from 'n8n-workflow';
import type { Api } from '../../nodes/Namirial/api/connection';
import { createHttp } from '../../nodes/shared/http/request';

/** Namirial's published samples, and a connection with the responses of a test. */

export const ID = '9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11';

/** A Message object of the status API. */
export const MESSAGE = {
	id: ID,
	providerAcceptanceAt: '2026-02-12T14:51:00Z',
	statusChangedAt: '2026-02-12T14:51:20Z',
	reference: { service: 'DIGITALSIGN', action: 'AUTH', key: 'EXT_KEY' },
	channel: 'SMS',
	status: 'DELIVERED',
	provider: {
		name: 'PROVIDER1',
		id: 'c7c3d0f8-1111-4222-8333-444455556666',
		status: 'delivered',
		code: '0',
	},
	sms: { segments: 1 },
};

export interface SentRequest {
	method: string;
	url: string;
	qs?: Record<string, string>;
	headers: Record<string, string>;
	body?: string;
}

interface CannedResponse {
	status: number;
	body: string | object;
	type?: string;
	/** The time of the response by Namirial's clock. */
	date?: string;
}

/** A connection whose responses a function returns, and the requests that it makes. */
export function apiWith(
	respond: (request: SentRequest) => CannedResponse,
	changes: Partial<Api> = {},
) {
	const requests: SentRequest[] = [];
	const httpRequest = async (options: object) => {
		const request = options as SentRequest;
		requests.push(request);
		const { status, body, type = 'application/json', date } = respond(request);
		return {
			statusCode: status,
			headers: { 'content-type': type, ...(date && { date }) },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		};
	};
	const http = createHttp({ helpers: { httpRequest } }, []);
	const api: Api = {
		http,
		redact: http.redact,
		gateway: { baseUrl: 'https://gateway.example', username: 'ann', password: 'pässword:1' },
		statusService: { baseUrl: 'https://status.example/api', apiKey: 'key-1' },
		postbackToken: '',
		sameTexts: new Map(),
		...changes,
	};
	return { api, requests };
}

/** The JSON body of a request. */
export function bodyOf({ body = '{}' }: SentRequest): IDataObject {
	return JSON.parse(body) as IDataObject;
}
