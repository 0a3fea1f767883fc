import { readPostback } from '../nodes/Cdyne/postback';
import { readEvents } from '../nodes/shared/event';
import { inTurn, type Row } from './measure';
import { FORM, receiptOf } from './receipt';

const COUNT = 10_000;
const ROUNDS = 7;

/** One body of each of the kinds that come most often, filled with ever other ids. */
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

/** What events cost beyond the fields they are made of. */
export async function measurePostbacks(): Promise<Row[]> {
	const texts = bodies();
	const source = { provider: 'cdyne', read: readPostback };
	const now = new Date().toISOString();
	const took = await inTurn(
		ROUNDS,
		() => {
			for (const text of texts) {
				const [event] = readEvents(source, { text, contentType: FORM, headers: {} }, now);
				if (event.event === 'unknown') throw new Error(`Not understood: ${text}`);
			}
		},
		() => {
			for (const text of texts) Object.fromEntries(new URLSearchParams(text));
		},
	);
	return [
		{
			part: 'Reading alone',
			what: `reading ${COUNT} postbacks of CDYNE`,
			shows: 'cost',
			ours: { how: 'as events', ms: took.ours },
			other: { how: 'URLSearchParams, fields alone', ms: took.other },
		},
	];
}
