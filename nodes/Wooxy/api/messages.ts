import type { IDataObject } from 'n8n-workflow';
import { toE164 } from '../../shared/formats/phoneNumber';
import { textOrNull } from '../../shared/formats/values';
import { smsMessage } from '../../shared/model/message';
import { accepted, type Outcome } from '../../shared/model/outcome';
import { messageOutput } from '../../shared/model/output';
import { countSegments, type Segments } from '../../shared/model/segments';
import { PROVIDER } from '../name';
import { contactKind } from '../number';
import type { Api } from './connection';
import { send } from './request';

/** Sending (docs/providers/wooxy.md 2.1, 2.2). */

/** What both ways of sending have in common. */
export interface Sms {
	text: string;
	fromName?: string;
	tags: string[];
}

/** A value that Wooxy fills in for `{{name}}` in a text, or stores with a contact. */
export interface Variable {
	name: string;
	value: string;
}

function textFields({ text, fromName, tags }: Sms): IDataObject {
	return {
		...(fromName !== undefined && { fromName }),
		text,
		...(tags.length > 0 && { tags }),
	};
}

function readAccepted(to: string | null, sms: Sms, hasVariables: boolean) {
	// only Wooxy knows the length of a text once its variables are filled in
	const counts: Partial<Segments> = hasVariables ? {} : countSegments(sms.text);
	const { segments = null, encoding = null } = counts;
	return (raw: IDataObject): Outcome => {
		const message = smsMessage({
			provider: PROVIDER,
			messageId: textOrNull(raw.sms_id),
			to,
			from: toE164(sms.fromName ?? null),
			// the response says nothing about delivery
			status: 'queued',
			providerStatus: 'accepted',
			segments,
			encoding,
		});
		return accepted([messageOutput(message, raw)]);
	};
}

/** sms/send (2.1). @param to E.164 */
export async function sendSms(api: Api, domain: string, to: string, sms: Sms): Promise<Outcome[]> {
	const body = { domain, phoneNumber: to, ...textFields(sms) };
	return await send(api, 'sms/send', body, readAccepted(to, sms, false));
}

/** sms/trigger (2.2). @param contact e-mail address, phone number or user ID of the contact */
export async function sendToContact(
	api: Api,
	contactListId: string,
	contact: string,
	sms: Sms,
	variables: Variable[],
): Promise<Outcome[]> {
	const body = {
		contactListId,
		contact,
		...textFields(sms),
		...(variables.length > 0 && { variables: variables as unknown as IDataObject[] }),
	};
	const to = contactKind(contact) === 'phoneNumber' ? contact : null;
	const read = readAccepted(to, sms, sms.text.includes('{{'));
	return await send(api, 'sms/trigger', body, read);
}
