import type { IDataObject } from 'n8n-workflow';
import { readDate } from './wire';

/** The parts of a long text, put together again (docs/providers/cdyne.md 5.7). */

/** A part of a long text (TS 23.040 9.2.3.24.1 and .8). */
interface Fragment {
	/** What the parts of a text have in common. */
	group: string;
	/** From 1. */
	sequence: number;
	total: number;
}

function isByte(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}

/** The header comes as numbers in JSON and in base64 in XML. */
function headerOf(udh: unknown): number[] {
	if (Array.isArray(udh)) return udh.every(isByte) ? udh : [];
	return typeof udh === 'string' && udh !== '' ? [...Buffer.from(udh, 'base64')] : [];
}

/** Information elements of a header: kind, length, content, in any number and order. */
function elementsOf([length, ...bytes]: number[]): Map<number, number[]> {
	const elements = new Map<number, number[]>();
	for (let at = 0; at + 1 < Math.min(length, bytes.length); at += 2 + bytes[at + 1]) {
		const content = bytes.slice(at + 2, at + 2 + bytes[at + 1]);
		// of an element that comes twice the last one counts
		if (content.length === bytes[at + 1]) elements.set(bytes[at], content);
	}
	return elements;
}

/** Concatenation with a reference of 8 and of 16 bits. */
const SHORT_REFERENCE = 0x00;

const LONG_REFERENCE = 0x08;

function fragmentOf(entry: IDataObject): Fragment | undefined {
	const elements = elementsOf(headerOf(entry.Udh));
	const short = elements.get(SHORT_REFERENCE);
	const long = elements.get(LONG_REFERENCE);
	const parts = long?.length === 4 ? long : short?.length === 3 ? short : undefined;
	if (!parts) return undefined;
	const [sequence, total] = [parts[parts.length - 1], parts[parts.length - 2]];
	if (total < 2 || sequence < 1 || sequence > total) return undefined;
	const { From, To, OutgoingMessageID } = entry;
	const reference = parts.slice(0, -2);
	return {
		group: JSON.stringify([From, To, OutgoingMessageID, reference, total]),
		sequence,
		total,
	};
}

/** Milliseconds within which the parts of one text come; a handset uses its references again. */
const PARTS_WITHIN = 24 * 3_600_000;

const MOST_OPEN = 10;

interface Joined {
	parts: Map<number, IDataObject>;
	/** Epoch milliseconds; undefined where the provider gave none. */
	receivedAt: number | undefined;
}

function timeOf(entry: IDataObject): number | undefined {
	const time = readDate(entry.ReceivedDate);
	return time === null ? undefined : Date.parse(time);
}

/** Whether a part belongs to a text: it came about then, and its place is free or holds the same. */
function takes(
	{ parts, receivedAt }: Joined,
	entry: IDataObject,
	sequence: number,
	time: number | undefined,
): boolean {
	const isNear =
		time === undefined || receivedAt === undefined || Math.abs(time - receivedAt) <= PARTS_WITHIN;
	const there = parts.get(sequence);
	return isNear && (there === undefined || there.Payload === entry.Payload);
}

/**
 * Puts the fragments of a long text together, in order, where the first of them stood. A part that
 * came twice counts once.
 */
export function joinFragments(entries: IDataObject[]): IDataObject[][] {
	const all: Joined[] = [];
	const groups = new Map<string, Joined[]>();
	for (const entry of entries) {
		const fragment = fragmentOf(entry);
		const sequence = fragment?.sequence ?? 1;
		const group = fragment && (groups.get(fragment.group) ?? []);
		const time = timeOf(entry);
		let joined = group?.find((one) => takes(one, entry, sequence, time));
		if (!joined) {
			joined = { parts: new Map(), receivedAt: time };
			all.push(joined);
			group?.push(joined);
			// texts of one reference that are open at the same time are few
			if (group && group.length > MOST_OPEN) group.shift();
			if (fragment && group) groups.set(fragment.group, group);
		}
		if (!joined.parts.has(sequence)) joined.parts.set(sequence, entry);
	}
	return all.map(({ parts }) => [...parts].sort(([a], [b]) => a - b).map(([, entry]) => entry));
}
