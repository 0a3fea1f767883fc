import type { Outcome } from '../../shared/model/outcome';
import type { Field } from '../wire';
import type { Api } from './connection';
import { readSingleSend, segmentsOf } from './message';
import { send } from './request';
import { type Sender, senderDraft, senderFields } from './sender';

/** sendSMS (docs/providers/skycore.md 3.2). */
export async function sendSms(api: Api, sender: Sender, text: string): Promise<Outcome[]> {
	const fields: Field[] = [...senderFields(sender), ['TEXT', text]];
	const draft = { ...senderDraft(sender), ...segmentsOf(text) };
	return await send(api, 'sendSMS', fields, (response) => readSingleSend(response, draft));
}
