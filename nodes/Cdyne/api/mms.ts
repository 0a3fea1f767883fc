import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/errors';
import { writeDate } from '../wire';
import type { Api } from './connection';
import { asSent, readOutgoing, reports } from './message';
import type { Report } from './message';
import { odd } from './refusals';
import { post } from './request';

/** Sending MMS (docs/providers/cdyne.md 4), and whose result is which in the answer. */

interface Mms {
	text: string;
	/** URLs, or ids of media stored with the provider. */
	media: string[];
	subject?: string;
	from?: string;
	reference: string;
	scheduledAt?: Date;
	statusUrl?: string;
}

/**
 * SendMessage with UseMMS.
 *
 * @returns for each recipient its reports, or the failure that leaves open what became of it
 */
export async function sendMms(
	api: Api,
	to: string[],
	mms: Mms,
): Promise<Array<Report[] | Failure>> {
	const body: IDataObject = {
		...(mms.media.length > 0 && { Attachments: mms.media }),
		...(mms.text && { Body: mms.text }),
		...(mms.from && { From: mms.from }),
		LicenseKey: api.licenseKey,
		...(mms.statusUrl && { PostbackUrl: mms.statusUrl }),
		ReferenceID: mms.reference,
		...(mms.scheduledAt && { ScheduledDateTime: writeDate(mms.scheduledAt) }),
		...(mms.subject && { Subject: mms.subject }),
		To: to,
		UseMMS: true,
	};
	const read = (value: unknown) => {
		const found = reports(value, readOutgoing);
		if (found.length === 0) odd('a result for each recipient', value);
		return matchByNumber(to, found, mms.reference);
	};
	return await post(api, 'SendMessage', body, read, { kind: 'send' });
}

/** A number in the one form in which CDYNE's spellings of it agree. */
export function comparable(number: string | null): string {
	const digits = (number ?? '').replace(/\D/g, '');
	return digits.length === 10 ? `1${digits}` : digits.replace(/^(?:011|00)/, '');
}

/** The answers name their number, so the order they come in does not matter. */
function matchByNumber(
	to: string[],
	found: Report[],
	reference: string,
): Array<Report[] | Failure> {
	const own: Report[][] = to.map(() => []);
	const nameless: Report[] = [];
	for (const report of found) {
		const at = to.findIndex((one) => comparable(one) === comparable(report.message.to));
		if (at >= 0) own[at].push(report);
		else if (to.length === 1) own[0].push(report);
		else nameless.push(report);
	}
	// what names no number, or one in a form not seen before, is of those that are left, in order
	own.forEach((reports) => {
		const [next] = reports.length === 0 ? nameless.splice(0, 1) : [];
		if (next) reports.push(next);
	});
	return own.map((reports, position) => {
		if (reports.length === 0) {
			const message = 'CDYNE’s answer has no result for this recipient';
			return asSent(new Failure({ kind: 'malformed', message }));
		}
		const odd = reports.find(
			({ message }) => message.status !== 'failed' && message.messageId === null,
		);
		if (odd) {
			const message = `CDYNE answered ${odd.message.providerStatus}, but gave no message ID`;
			return asSent(new Failure({ kind: 'malformed', message }));
		}
		return reports.map((report) => ({
			...report,
			message: {
				...report.message,
				to: report.message.to ?? to[position],
				referenceId: reference,
			},
		}));
	});
}
