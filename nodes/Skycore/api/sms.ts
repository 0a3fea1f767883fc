import type { HttpResponse } from '../../shared/http/response';
import { type Field, readResponse } from '../wire';
import type { Api } from './connection';
import { readSingleSend, segmentsOf, type SkycoreReport } from './message';
import { call } from './request';
import { type Sender, senderDraft, senderFields } from './sender';

/** sendSMS (docs/providers/skycore.md 3.2). */
export async function sendSms(api: Api, sender: Sender, text: string): Promise<SkycoreReport[]> {
	const fields: Field[] = [...senderFields(sender), ['TEXT', text]];
	const draft = { ...senderDraft(sender), ...segmentsOf(text) };
	const read = (response: HttpResponse) => readSingleSend(readResponse(response), draft);
	return await call(api, 'sendSMS', fields, read, { kind: 'send' });
}
