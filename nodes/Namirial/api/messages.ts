import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import { textOrNull } from '../../shared/formats/values';
import { type HttpResponse, unexpectedResponse } from '../../shared/http/response';
import type { E164 } from '../../shared/input/phone';
import { smsMessage } from '../../shared/model/message';
import type { Report } from '../../shared/model/output';
import { PROVIDER } from '../name';
import { objectOf } from '../wire';
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

/** Reads the response to a send. @throws Failure for a rejection, or for any other response */
function readSent(response: HttpResponse): IDataObject {
	const expected = 'Namirial’s response to a message';
	const refusal = refusalIn(response);
	if (refusal) throwRefusal(refusal, response.status);
	if (response.status === 401 || response.status === 403) throwLoginRejected(response.status);
	const body = objectOf(response, expected);
	// INFERRED (5.2): a response without an ID is an acceptance too
	const accepted = typeof body.message === 'string' && /^\s*0+\s*(:|$)/.test(body.message);
	if (accepted || textOrNull(body.id)) return body;
	return throwFailure(unexpectedResponse(response, expected));
}

/**
 * POST Services/send, or Admin/send on behalf of another account. An accepted message may not be
 * sent: the third identical text within an hour is silently discarded (5.2).
 *
 * @returns a message whose ID is null if Namirial returned none
 * @throws Failure, of kind `ambiguous` if the message may have been accepted
 */
export async function sendSms(api: Api, sms: Sms, onBehalf?: OnBehalf): Promise<Report> {
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
		kind: 'send',
		method: 'POST',
		url: `${root}/${onBehalf ? 'Admin' : 'Services'}/send`,
		headers: { ...headers, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	} as const;
	const raw = await api.http.request(request, readSent);
	const message = smsMessage({
		provider: PROVIDER,
		messageId: textOrNull(raw.id),
		referenceId: reference?.key ?? null,
		to,
		status: 'queued',
		providerStatus: 'accepted',
	});
	return { message, raw };
}
