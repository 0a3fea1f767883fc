import type { IDataObject } from 'n8n-workflow';
import type { Output } from '../shared/item';
import { text } from '../shared/values';
import { PROVIDER } from './api';
import { guid, readDate } from './wire';

/** Incoming messages as CDYNE's two calls give them (providers/cdyne.md 5.3, 5.7). */

/** Where a fragment belongs: GSM 03.40 concatenation header 05 00 03, reference, total, sequence. */
interface Fragment {
	group: string;
	sequence: number;
}

/** The header comes as numbers in JSON and in base64 in XML. */
function headerOf(udh: unknown): number[] {
	if (Array.isArray(udh)) return udh.map(Number);
	return typeof udh === 'string' && udh !== '' ? [...Buffer.from(udh, 'base64')] : [];
}

function fragmentOf(entry: IDataObject): Fragment | undefined {
	const [length, kind, size, reference, total, sequence] = headerOf(entry.Udh);
	if (length !== 5 || kind !== 0 || size !== 3 || !(total > 1)) return undefined;
	const { From, To, OutgoingMessageID } = entry;
	return { group: JSON.stringify([From, To, OutgoingMessageID, reference, total]), sequence };
}

/** Puts the fragments of a long text together, in order, where the first of them stood. */
export function joinFragments(entries: IDataObject[]): IDataObject[][] {
	const groups = new Map<string, Array<{ entry: IDataObject; sequence: number }>>();
	entries.forEach((entry, position) => {
		const fragment = fragmentOf(entry);
		const key = fragment?.group ?? String(position);
		const group = groups.get(key) ?? [];
		group.push({ entry, sequence: fragment?.sequence ?? 0 });
		groups.set(key, group);
	});
	return [...groups.values()].map((group) =>
		group.sort((a, b) => a.sequence - b.sequence).map(({ entry }) => entry),
	);
}

/** IncomingMessageResponse: one output for each text, joined from its fragments. */
export function incomingOutputs(messages: IDataObject[][]): Output[] {
	return messages.map((parts) => {
		const [first] = parts;
		const attachments = parts.flatMap(({ Attachments }) =>
			Array.isArray(Attachments) ? Attachments.map(String) : [],
		);
		return {
			json: {
				provider: PROVIDER,
				messageId: guid(first.IncomingMessageID),
				inReplyTo: guid(first.OutgoingMessageID),
				from: text(first.From),
				to: text(first.To),
				text: parts.map(({ Payload }) => String(Payload ?? '')).join(''),
				subject: text(first.Subject),
				mediaIds: attachments,
				receivedAt: readDate(first.ReceivedDate),
			},
			raw: parts,
		};
	});
}

/** SMSIncomingMessage. */
export function unreadOutput(entry: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			messageId: guid(entry.IncomingMessageID),
			inReplyTo: guid(entry.MatchedMessageID),
			from: text(entry.FromPhoneNumber),
			to: text(entry.ToPhoneNumber),
			text: String(entry.Message ?? ''),
			subject: null,
			mediaIds: [],
			receivedAt: readDate(entry.ResponseReceiveDate),
		},
		raw: entry,
	};
}
