import type { IDataObject } from 'n8n-workflow';
import { readDate } from '../wire';

/**
 * Joins the parts of long texts. INFERRED (docs/providers/cdyne.md 5.7): `Udh` is the usual header
 * of concatenated texts.
 */

function isByte(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}

/** The bytes of a user data header: an array of numbers in JSON, base64 in XML. */
function readHeader(udh: unknown): number[] {
	if (Array.isArray(udh)) return udh.every(isByte) ? udh : [];
	return typeof udh === 'string' && udh !== '' ? [...Buffer.from(udh, 'base64')] : [];
}

/** The information elements of a header: the content by kind. The last one of a kind counts. */
function readElements([length, ...bytes]: number[]): Map<number, number[]> {
	const elements = new Map<number, number[]>();
	for (let at = 0; at + 1 < Math.min(length, bytes.length); at += 2 + bytes[at + 1]) {
		const content = bytes.slice(at + 2, at + 2 + bytes[at + 1]);
		if (content.length === bytes[at + 1]) elements.set(bytes[at], content);
	}
	return elements;
}

/** Kinds of information elements: concatenation with an 8-bit and with a 16-bit reference. */
const SHORT_REFERENCE = 0x00;
const LONG_REFERENCE = 0x08;

/**
 * The place of a part in its text (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8): the group is the
 * same for all parts of a text, and the sequence counts from 1.
 */
function readFragment(entry: IDataObject) {
	const elements = readElements(readHeader(entry.Udh));
	const short = elements.get(SHORT_REFERENCE);
	const long = elements.get(LONG_REFERENCE);
	const content = long?.length === 4 ? long : short?.length === 3 ? short : undefined;
	if (!content) return undefined;
	const reference = content.slice(0, -2);
	const [total, sequence] = content.slice(-2);
	if (total < 2 || sequence < 1 || sequence > total) return undefined;
	const { From, To, OutgoingMessageID } = entry;
	return { group: JSON.stringify([From, To, OutgoingMessageID, reference, total]), sequence };
}

/** Parts that are further apart belong to different texts, because handsets reuse references. */
const MAX_DISTANCE_MS = 24 * 3_600_000;

/** Texts with the same reference to which parts are still added. The limit bounds the search. */
const MAX_OPEN_TEXTS = 10;

interface JoinedText {
	/** By sequence. */
	parts: Map<number, IDataObject>;
	/** Epoch milliseconds of the first part; NaN if it has no time. */
	receivedAt: number;
}

/** Whether a part belongs to a text: its place is free, or has the same part already. */
function belongsTo(text: JoinedText, entry: IDataObject, sequence: number, time: number): boolean {
	// false if one of the times is missing, since comparisons with NaN are false
	const isFar = Math.abs(time - text.receivedAt) > MAX_DISTANCE_MS;
	const existing = text.parts.get(sequence);
	return !isFar && (existing === undefined || existing.Payload === entry.Payload);
}

/**
 * The entries of each text, in order. A text takes the position of its first entry. A part that was
 * received repeatedly counts once.
 */
export function joinFragments(entries: IDataObject[]): IDataObject[][] {
	const texts: JoinedText[] = [];
	const groups = new Map<string, JoinedText[]>();
	for (const entry of entries) {
		const fragment = readFragment(entry);
		const sequence = fragment?.sequence ?? 1;
		const group = fragment && (groups.get(fragment.group) ?? []);
		const time = Date.parse(readDate(entry.ReceivedDate) ?? '');
		let text = group?.find((candidate) => belongsTo(candidate, entry, sequence, time));
		if (!text) {
			text = { parts: new Map(), receivedAt: time };
			texts.push(text);
			group?.push(text);
			if (group && group.length > MAX_OPEN_TEXTS) group.shift();
			if (fragment && group) groups.set(fragment.group, group);
		}
		if (!text.parts.has(sequence)) text.parts.set(sequence, entry);
	}
	return texts.map(({ parts }) => [...parts].sort(([a], [b]) => a - b).map(([, entry]) => entry));
}
