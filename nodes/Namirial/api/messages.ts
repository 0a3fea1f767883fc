import type { IDataObject } from 'n8n-workflow';
import { unreadable } from '../../shared/answer';
import type { HttpAnswer } from '../../shared/answer';
import { fail } from '../../shared/errors';
import { smsMessage } from '../../shared/message';
import type { E164 } from '../../shared/phone';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import { objectOf } from '../wire';
import type { Report } from '../wire';
import { gatewayOf } from './connection';
import type { Api } from './connection';
import { refusalIn, refuse, refuseLogin } from './refusals';

/** Sending through the gateway (docs/providers/namirial.md 4). */

/** What ties a message to something of the caller's; nothing without a service (4.2). */
export interface Reference {
	service: string;
	action?: string;
	key?: string;
}

export interface Sms {
	to: E164;
	text: string;
	reference?: Reference;
	/** The answer shall name the upstream provider. */
	detailed?: boolean;
	businessRelationId?: string;
	/** Where changes of status are posted to. */
	statusUrl?: string;
}

/** Whom an administrator sends for. */
export interface OnBehalf {
	account: string;
	lra?: number;
}

/** @throws Failure with the meaning of the refusal, or that names what came */
function readSent(answer: HttpAnswer): IDataObject {
	const expected = 'Namirial’s answer to a message';
	const refusal = refusalIn(answer);
	if (refusal) refuse(refusal, answer.status);
	if (answer.status === 401 || answer.status === 403) refuseLogin(answer.status);
	const body = objectOf(answer, expected);
	// an answer without an id is an acceptance all the same (5.2)
	const accepted = typeof body.message === 'string' && /^\s*0+\s*(:|$)/.test(body.message);
	return accepted || text(body.id) ? body : fail(unreadable(answer, expected));
}

/**
 * POST Services/send, or Admin/send on behalf of another account. Accepted means neither sent nor
 * even kept: of identical texts the third within an hour is dropped without a word (5.2).
 *
 * @returns a message whose id is null where Namirial gave none
 * @throws Failure; `ambiguous` where the message may have been accepted
 */
export async function sendSms(api: Api, sms: Sms, onBehalf?: OnBehalf): Promise<Report> {
	const { root, headers } = gatewayOf(api);
	const { to, text: words, reference, detailed, businessRelationId, statusUrl } = sms;
	const body = {
		destination: to,
		text: words,
		...(onBehalf && { account: onBehalf.account }),
		...(onBehalf?.lra !== undefined && { lra: onBehalf.lra }),
		...(reference && { reference: { ...reference } }),
		...(detailed && { detailed }),
		...(businessRelationId && { businessRelationId }),
		// whether the authentication may be left out is not known, and there is no other (6.1)
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
		messageId: text(raw.id),
		referenceId: reference?.key ?? null,
		to,
		status: 'queued',
		providerStatus: 'accepted',
	});
	return { message, raw };
}
