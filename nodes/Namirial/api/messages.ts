import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import { isObject, textOrNull } from '../../shared/formats/values';
import { type HttpResponse, unexpectedResponse } from '../../shared/http/response';
import type { E164 } from '../../shared/formats/phoneNumber';
import { smsMessage } from '../../shared/model/message';
import { accepted, type Outcome } from '../../shared/model/outcome';
import { messageOutput } from '../../shared/model/output';
import { countSegments } from '../../shared/model/segments';
import { sendRequest } from '../../shared/http/sendRequest';
import { PROVIDER } from '../name';
import { objectOf, tryParseJson } from '../wire';
import { type Api, gatewayOf } from './connection';
import { refusalIn, throwRefusal, throwLoginRejected } from './refusals';

/** Sending through the gateway (docs/providers/namirial.md 4). */

/** The caller's names for a message. Namirial requires the service (4.2). */
export interface Reference {
	service: string;
	action?: string;
	key?: string;
}

export interface Sms {
	to: E164;
	text: string;
	reference?: Reference;
	/** Whether the response names the upstream provider. */
	detailed?: boolean;
	businessRelationId?: string;
	/** The URL that status changes are posted to. */
	statusUrl?: string;
}

/** The account that an administrator sends for. */
export interface OnBehalf {
	account: string;
	lra?: number;
}

/** INFERRED (5.2): a response without an ID is an acceptance too. */
function isAccepted(body: unknown): boolean {
	if (!isObject(body)) return false;
	const { message, id } = body;
	return textOrNull(id) !== null || (typeof message === 'string' && /^\s*0+\s*(:|$)/.test(message));
}

/** Reads the response to a send. @throws Failure for a rejection, or for any other response */
function readSent(response: HttpResponse): IDataObject {
	const expected = 'Namirial’s response to a message';
	const refusal = refusalIn(response);
	if (refusal) throwRefusal(refusal, response.status);
	const { status, text } = response;
	const isSent = isAccepted(tryParseJson(text));
	if (!isSent && (status === 401 || status === 403)) throwLoginRejected(status);
	if (!isSent || status < 300) {
		const body = objectOf(response, expected);
		return isSent ? body : throwFailure(unexpectedResponse(response, expected));
	}
	// an acceptance under an HTTP status of a rejection
	return throwFailure(unexpectedResponse(response, expected).with({ nothingAccepted: false }));
}

/** The warning about a message that was accepted without an ID. INFERRED (5.2): it is discarded. */
const WITHOUT_ID =
	'Namirial accepted the message but returned no ID, so it cannot be looked up by its ID. It may have been discarded.';

/**
 * POST Services/send, or Admin/send on behalf of another account. An accepted message may not be
 * sent: the third identical text within an hour is silently discarded (5.2).
 *
 * @returns the outcome, with a message whose ID is null if Namirial returned none
 */
export async function sendSms(api: Api, sms: Sms, onBehalf?: OnBehalf): Promise<Outcome> {
	const { root, headers } = gatewayOf(api);
	const { to, text, reference, detailed, businessRelationId, statusUrl } = sms;
	// INFERRED (4.1): empty members must be left out
	const body = {
		destination: to,
		text,
		...(onBehalf && { account: onBehalf.account }),
		...(onBehalf?.lra !== undefined && { lra: onBehalf.lra }),
		...(reference && { reference: { ...reference } }),
		...(detailed && { detailed }),
		...(businessRelationId && { businessRelationId }),
		// INFERRED (6.1): the authentication must be sent, although NONE is the only type
		...(statusUrl && { webhook: { url: statusUrl, authentication: { type: 'NONE' } } }),
	};
	const request = {
		method: 'POST',
		url: `${root}/${onBehalf ? 'Admin' : 'Services'}/send`,
		headers: { ...headers, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
		// rejections come with HTTP 500 (4.4)
		refusesWith5xx: true,
	} as const;
	const read = (response: HttpResponse) => {
		const raw = readSent(response);
		const messageId = textOrNull(raw.id);
		const { segments, encoding } = countSegments(text);
		const message = smsMessage({
			provider: PROVIDER,
			messageId,
			referenceId: reference?.key ?? null,
			to,
			status: 'queued',
			providerStatus: 'accepted',
			segments,
			encoding,
			...(messageId === null && { warning: WITHOUT_ID }),
		});
		return [accepted([messageOutput(message, raw)])];
	};
	const [outcome] = await sendRequest(api.http, request, 1, read);
	return outcome;
}
