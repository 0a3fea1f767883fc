import { Failure, rethrow } from '../shared/errors';
import { canBeOfCall } from '../shared/sendOnce';
import type { Api } from './api/connection';
import type { Report } from './api/message';
import { comparable } from './api/mms';
import { getByReference, getStatus } from './api/status';

/** What CDYNE knows of earlier sends, by reference and number. */

interface Addressed {
	/** In CDYNE's form. */
	number: string;
	reference: string;
}

/** Messages of a reference whose number is asked for; a reference that names more is no name. */
const MOST_ASKED = 100;

/**
 * The messages under the references of these recipients, by reference. Refused ones are no
 * messages.
 */
async function byReference(api: Api, to: Addressed[]): Promise<Map<string, Report[]>> {
	const references = [...new Set(to.map(({ reference }) => reference))];
	const found = await Promise.all(
		references.map(async (reference) => {
			const reports = await getByReference(api, reference);
			return reports.filter(({ message }) => message.status !== 'failed');
		}),
	);
	return new Map(references.map((reference, index) => [reference, found[index]]));
}

/**
 * The messages with the numbers they went to. A look-up by reference tells no number, so each is
 * asked for by its id; null where CDYNE does not say it.
 */
async function withNumbers(api: Api, reports: Report[]): Promise<Report[]> {
	return await Promise.all(
		reports.slice(0, MOST_ASKED).map(async (report) => {
			const { messageId, to } = report.message;
			if (to !== null || messageId === null) return report;
			try {
				const { message } = await getStatus(api, messageId, 'mms');
				return { ...report, message: { ...report.message, to: message.to } };
			} catch (error) {
				// without the number the message counts as one that any of the recipients may have
				return error instanceof Failure ? report : rethrow(error);
			}
		}),
	);
}

const goesTo = ({ message }: Report, number: string) =>
	comparable(message.to) === comparable(number);

const MAY_HAVE_IT = new Failure({
	kind: 'ambiguous',
	message:
		'CDYNE has messages with this reference and does not say to whom. This recipient may have got one of them',
	description: 'Look at CDYNE’s log or at the handset before you send again.',
});

/**
 * What each of these recipients got under its reference before.
 *
 * @param claim a message stands for one item only
 * @returns undefined for a recipient who got nothing, a failure for one who may have got it
 */
export async function earlierMessages(
	api: Api,
	to: Addressed[],
	positions: number[],
	claim: boolean,
): Promise<Array<Report[] | Failure | undefined>> {
	const all = await byReference(api, to);
	const results: Array<Report[] | Failure | undefined> = to.map(() => undefined);
	for (const [reference, found] of all) {
		const open = claim
			? found.filter(({ message }) => !api.traffic.claimed.has(message.messageId ?? ''))
			: found;
		if (open.length === 0) continue;
		const mine = positions.filter((position) => to[position].reference === reference);
		const numbered = await withNumbers(api, open);
		const nameless = numbered.filter(({ message }) => message.to === null);
		for (const position of mine) {
			const own = numbered.filter((report) => goesTo(report, to[position].number));
			// with the option a reference stands for one send, whoever it went to
			const [first] = own.length > 0 || claim || to.length > 1 ? own : numbered;
			if (first) {
				api.traffic.claim(first.message.messageId);
				results[position] = [first];
			} else if (nameless.length > 0) {
				results[position] = to.length === 1 ? [nameless[0]] : MAY_HAVE_IT;
			}
		}
	}
	return results;
}

/**
 * What a send with a lost answer left behind for each of these recipients, taken by no other item.
 *
 * @param since only messages that CDYNE can have taken after this time count, epoch milliseconds
 * @param shared older messages, and those of other items, may carry the references too
 */
export async function lostMessages(
	api: Api,
	to: Addressed[],
	positions: number[],
	since: number | undefined,
	shared: boolean,
): Promise<Array<Report[] | undefined>> {
	const wanted = positions.map((position) => to[position]);
	const all = await byReference(api, wanted);
	const results: Array<Report[] | undefined> = wanted.map(() => undefined);
	for (const [reference, found] of all) {
		const open = found.filter(
			({ message }) =>
				canBeOfCall(since, message.sentAt) && !api.traffic.claimed.has(message.messageId ?? ''),
		);
		const numbered = shared && open.length > 0 ? await withNumbers(api, open) : open;
		wanted.forEach(({ number, reference: own }, index) => {
			if (own !== reference) return;
			const at = numbered.findIndex(
				(report) => report.message.to === null || goesTo(report, number),
			);
			if (at < 0) return;
			const [report] = numbered.splice(at, 1);
			api.traffic.claim(report.message.messageId);
			results[index] = [{ ...report, message: { ...report.message, to: number } }];
		});
	}
	return results;
}
