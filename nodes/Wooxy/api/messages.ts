import type { IDataObject } from 'n8n-workflow';
import { smsMessage } from '../../shared/message';
import type { SmsMessage } from '../../shared/message';
import { countSegments } from '../../shared/segments';
import type { Segments } from '../../shared/segments';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import { contactKind } from '../number';
import type { Api } from './connection';
import { call } from './request';

/** Sending (docs/providers/wooxy.md 2.1, 2.2). */

/** What both ways of sending share. */
export interface Sms {
	text: string;
	fromName?: string;
	tags: string[];
}

/** A value that Wooxy puts in place of `{{name}}` in a text, or stores with a contact. */
export interface Variable {
	name: string;
	value: string;
}

/** A message and the part of an answer that it was read from. */
export interface Report {
	message: SmsMessage;
	raw: IDataObject;
}

function textFields({ text: content, fromName, tags }: Sms): IDataObject {
	return {
		...(fromName !== undefined && { fromName }),
		text: content,
		...(tags.length > 0 && { tags }),
	};
}

function accepted(to: string | null, sms: Sms, hasVariables: boolean) {
	// how long the text is with its variables filled in, Wooxy alone knows
	const counted = hasVariables ? {} : countSegments(sms.text);
	const { segments = null, encoding = null } = counted as Partial<Segments>;
	return (raw: IDataObject): Report => ({
		raw,
		message: smsMessage({
			provider: PROVIDER,
			messageId: text(raw.sms_id),
			to,
			from: sms.fromName ?? null,
			// accepted and queued; it says nothing about delivery
			status: 'queued',
			providerStatus: 'accepted',
			segments,
			encoding,
		}),
	});
}

/** sms/send (2.1). @param to E.164 */
export async function sendSms(api: Api, domain: string, to: string, sms: Sms): Promise<Report> {
	const body = { domain, phoneNumber: to, ...textFields(sms) };
	return await call(api, 'sms/send', body, accepted(to, sms, false), { kind: 'send' });
}

/** sms/trigger (2.2). @param contact e-mail address, phone number or user id, as it is stored */
export async function sendToContact(
	api: Api,
	contactListId: string,
	contact: string,
	sms: Sms,
	variables: Variable[],
): Promise<Report> {
	const body = {
		contactListId,
		contact,
		...textFields(sms),
		...(variables.length > 0 && { variables: variables as unknown as IDataObject[] }),
	};
	const to = contactKind(contact) === 'phoneNumber' ? contact : null;
	const read = accepted(to, sms, sms.text.includes('{{'));
	return await call(api, 'sms/trigger', body, read, { kind: 'send' });
}
