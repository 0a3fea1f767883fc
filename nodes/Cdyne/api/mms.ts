import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/errors/failure';
import { writeDate } from '../wire';
import type { Api } from './connection';
import {
	asSendResult,
	type CdyneReport,
	readOutgoing,
	readReports,
	type SendResult,
} from './message';
import { throwUnexpected } from './refusals';
import { post } from './request';

/** Sending MMS (docs/providers/cdyne.md 4), and matching the results to the recipients. */

interface Mms {
	text: string;
	/** URLs, or IDs of media stored with the provider. */
	media: string[];
	subject?: string;
	from?: string;
	reference: string;
	scheduledAt?: Date;
	statusUrl?: string;
}

/** SendMessage with UseMMS. */
export async function sendMms(api: Api, to: string[], mms: Mms): Promise<SendResult[]> {
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
		const reports = readReports(value, readOutgoing);
		if (reports.length === 0) throwUnexpected('a result for each recipient', value);
		return matchByNumber(to, reports, mms.reference);
	};
	return await post(api, 'SendMessage', body, read, { kind: 'send' });
}

/** A number in a form in which all of CDYNE's spellings of it are equal. */
export function canonicalNumber(number: string | null): string {
	const digits = (number ?? '').replace(/\D/g, '');
	return digits.length === 10 ? `1${digits}` : digits.replace(/^(?:011|00)/, '');
}

function matchByNumber(to: string[], reports: CdyneReport[], reference: string): SendResult[] {
	const byRecipient: CdyneReport[][] = to.map(() => []);
	const unmatched: CdyneReport[] = [];
	const numbers = to.map(canonicalNumber);
	for (const report of reports) {
		const position = numbers.indexOf(canonicalNumber(report.message.to));
		if (position >= 0) byRecipient[position].push(report);
		else if (to.length === 1) byRecipient[0].push(report);
		else unmatched.push(report);
	}
	// INFERRED: reports without a number, or with one in an unknown form, are in the original order
	for (const matched of byRecipient) {
		if (matched.length === 0) matched.push(...unmatched.splice(0, 1));
	}
	return byRecipient.map((matched, position) => {
		if (matched.length === 0) {
			const message = 'CDYNE’s response has no result for this recipient';
			return asSendResult(new Failure({ kind: 'malformed', message }));
		}
		const withoutId = matched.find(
			({ message }) => message.status !== 'failed' && message.messageId === null,
		);
		if (withoutId) {
			const message = `CDYNE responded with ${withoutId.message.providerStatus}, but without a message ID`;
			return asSendResult(new Failure({ kind: 'malformed', message }));
		}
		return matched.map((report) => ({
			...report,
			message: { ...report.message, to: report.message.to ?? to[position], referenceId: reference },
		}));
	});
}
