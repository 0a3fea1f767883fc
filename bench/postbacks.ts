import { readPostback } from '../nodes/Cdyne/postback';
import { readEvents } from '../nodes/shared/receiving/readEvents';
import { inTurn } from './measure';
import type { Row } from './measure';
import { FORM, receiptOf } from './receipt';

const COUNT = 10_000;
const ROUNDS = 7;

/** Returns bodies of the most frequent kinds, each with a different id. */
function bodies(): string[] {
	const kinds = [
		(id: string) =>
			`SMSSent=1&MessageID=${id}&ReferenceID=order-7&FromPhoneNumber=17575550100&ToPhoneNumber=17575550142&SentTime=3%2f5%2f2024+2%3a07%3a09+PM`,
		receiptOf,
		(id: string) =>
			`SMSResponse=1&MessageID=${id}&MatchedMessageID=${id}&ReferenceID=order-7&FromPhoneNumber=17575550142&ToPhoneNumber=17575550100&ResponseReceiveDate=3%2f5%2f2024+2%3a09%3a00+PM&Message=Yes+please`,
	];
	return Array.from({ length: COUNT }, (_, index) => {
		const id = `0f3a6c1e-8a55-4f0b-b0a9-${String(index).padStart(12, '0')}`;
		return kinds[index % kinds.length](id);
	});
}

/** Measures the cost of creating events, compared with only parsing their fields. */
export async function measurePostbacks(): Promise<Row[]> {
	const texts = bodies();
	const source = { provider: 'cdyne', read: readPostback };
	const now = new Date().toISOString();
	const times = await inTurn(
		ROUNDS,
		() => {
			for (const text of texts) {
				const [event] = readEvents(source, { text, contentType: FORM, headers: {} }, now);
				if (event.event === 'unknown') throw new Error(`Unknown event: ${text}`);
			}
		},
		() => {
			for (const text of texts) Object.fromEntries(new URLSearchParams(text));
		},
	);
	return [
		{
			part: 'Parsing',
			what: `parsing ${COUNT} postbacks of CDYNE: time`,
			kind: 'cost',
			ours: { name: 'as events', value: times.ours },
			other: { name: 'URLSearchParams, fields only', value: times.other },
		},
	];
}
