import type { HttpAnswer } from '../../shared/answer';
import { readResponse } from '../wire';
import type { Field } from '../wire';
import type { Api } from './connection';
import { countedOf, readOne } from './message';
import type { Report } from './message';
import { call } from './request';
import { knownOf, senderFields } from './sender';
import type { Sender } from './sender';

/** sendSMS (3.2). */
export async function sendSms(api: Api, sender: Sender, text: string): Promise<Report[]> {
	const fields: Field[] = [...senderFields(sender), ['TEXT', text]];
	const known = { ...knownOf(sender), ...countedOf(text) };
	const read = (answer: HttpAnswer) => readOne(readResponse(answer), known);
	return await call(api, 'sendSMS', fields, read, { kind: 'send' });
}
