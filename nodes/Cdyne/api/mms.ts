import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../shared/model/outcome';
import { toCdyneForm } from '../number';
import { writeDate } from '../wire';
import type { Api } from './connection';
import { type CdyneReport, readOutgoing, readReports, toOutcomes } from './message';
import { throwUnexpected } from './refusals';
import { sendByPost } from './request';

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
export async function sendMms(api: Api, to: string[], mms: Mms): Promise<Outcome[]> {
	const body: IDataObject = {
		...(mms.media.length > 0 && { Attachments: mms.media }),
		...(mms.text && { Body: mms.text }),
		...(mms.from && { From: toCdyneForm(mms.from) }),
		LicenseKey: api.licenseKey,
		...(mms.statusUrl && { PostbackUrl: mms.statusUrl }),
		ReferenceID: mms.reference,
		...(mms.scheduledAt && { ScheduledDateTime: writeDate(mms.scheduledAt) }),
		...(mms.subject && { Subject: mms.subject }),
		To: to.map(toCdyneForm),
		UseMMS: true,
	};
	return await sendByPost(api, 'SendMessage', body, to.length, (value) => {
		const reports = readReports(value, readOutgoing);
		if (reports.length === 0) throwUnexpected('a result for each recipient', value);
		return toOutcomes(matchByNumber(to, reports), reports, (position, message) => ({
			to: message.to ?? to[position],
			referenceId: mms.reference,
		}));
	});
}

/** The reports about each recipient. */
function matchByNumber(to: string[], reports: CdyneReport[]): CdyneReport[][] {
	const byRecipient: CdyneReport[][] = to.map(() => []);
	const unmatched: CdyneReport[] = [];
	for (const report of reports) {
		const position = to.indexOf(report.message.to ?? '');
		if (position >= 0) byRecipient[position].push(report);
		else if (to.length === 1) byRecipient[0].push(report);
		else unmatched.push(report);
	}
	// INFERRED: reports without a number, or with one in an unknown form, are in the original order
	for (const matched of byRecipient) {
		if (matched.length === 0) matched.push(...unmatched.splice(0, 1));
	}
	return byRecipient;
}
