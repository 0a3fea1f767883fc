import { isObject } from '../../shared/values';
import { CREDENTIAL_NAMES } from '../codes';
import { bool } from '../wire';
import type { Api } from './connection';
import { readOutgoing, readSmsResponse, reports } from './message';
import type { Report } from './message';
import { odd, refuse } from './refusals';
import { get } from './request';

/** Looking messages up and calling them back (docs/providers/cdyne.md 5). */

/** Refuses what a look-up answers when it is about the key or the provider, not the message. */
function usable(report: Report): Report {
	const { error, message } = report;
	if (error.name === 'InternalError') refuse(error, 'unavailable');
	if (message.status === 'failed' && CREDENTIAL_NAMES.has(error.name)) refuse(error);
	return report;
}

/**
 * GetMessageStatus (texts) or ReadMessageStatus (MMS).
 *
 * @param plain what is about the key is returned like the rest, rather than thrown
 */
export async function getStatus(
	api: Api,
	messageId: string,
	type: 'sms' | 'mms',
	plain = false,
): Promise<Report> {
	const judge = plain ? (report: Report) => report : usable;
	if (type === 'mms') {
		const query = { LicenseKey: api.licenseKey, MessageId: messageId };
		return await get(api, 'ReadMessageStatus', query, (value) =>
			judge(readOutgoing(isObject(value) ? value : odd('a message', value))),
		);
	}
	return await get(api, 'GetMessageStatus', { MessageID: messageId }, (value) =>
		judge(readSmsResponse(isObject(value) ? value : odd('an SMSResponse', value))),
	);
}

/** GetMessageStatusByReferenceID: every message that carries the reference, none if it is unknown. */
export async function getByReference(api: Api, reference: string): Promise<Report[]> {
	const query = { ReferenceID: reference, LicenseKey: api.licenseKey };
	return await get(api, 'GetMessageStatusByReferenceID', query, (value) =>
		reports(value, readSmsResponse)
			.filter(({ error }) => error.name !== 'NotFound')
			.map(usable),
	);
}

/** CancelMessage. @returns false when it is too late, or the id unknown */
export async function cancelMessage(api: Api, messageId: string): Promise<boolean> {
	return await get(api, 'CancelMessage', { MessageID: messageId }, bool);
}

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';
