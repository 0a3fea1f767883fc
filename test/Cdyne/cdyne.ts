import type { Api } from '../../nodes/Cdyne/api/connection';
import { ReferenceLocks } from '../../nodes/shared/sending/referenceLocks';
import { canned } from '../engine/harness/canned';

/** A connection with prepared responses, and the requests that it makes. */

export const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
export const ID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
export const OTHER_ID = '7c0d5a02-11c4-4f2f-8a4c-3f1d2b0a9e55';
export const NO_ID = '00000000-0000-0000-0000-000000000000';

const BASE = 'https://cdyne.example/Messaging.svc';

/** A time as CDYNE writes it, and as the node outputs it. */
export const DATE = '/Date(1709647629250)/';
export const TIME = '2024-03-05T14:07:09.250Z';

/** @param responses JSON values, one per request; the last one is repeated, an error is thrown */
export function apiWith(...responses: unknown[]) {
	const bodies = responses.map((response) =>
		response instanceof Error ? response : JSON.stringify(response),
	);
	const { http, redact, requests } = canned(bodies);
	const locks = new ReferenceLocks();
	const api: Api = { http, redact, baseUrl: BASE, licenseKey: ACCOUNT, locks };
	return { api, requests };
}

/** The complete request of a GET. */
export const got = (
	operation: string,
	query: object,
	options: object = { kind: 'repeatable' },
) => ({
	...options,
	method: 'GET',
	url: `${BASE}/${operation}`,
	query,
	headers: { Accept: 'application/json' },
});

/** The complete request of a POST. */
export const posted = (
	operation: string,
	body: unknown,
	options: object = { kind: 'repeatable' },
) => ({
	...options,
	method: 'POST',
	url: `${BASE}/${operation}`,
	headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
	body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The look-up that checks the license key. */
export const CHECK_OF_KEY = got('ReadMessageStatus', { LicenseKey: ACCOUNT, MessageId: NO_ID });
