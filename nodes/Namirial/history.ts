import { addHint } from '../shared/hint';
import type { Item } from '../shared/item';
import { limitOf } from '../shared/list';
import { dateOption } from '../shared/time';
import type { Api } from './api/connection';
import { listMessages, MAX_COUNT } from './api/status';
import type { ListOf } from './api/status';
import type { Report } from './wire';

/**
 * The lists of Namirial, walked from the latest message backwards. They have no cursor, only an
 * upper bound in time (docs/providers/namirial.md 7.4).
 */

/**
 * Milliseconds from the time of the oldest message seen to the next bound. Times come in whole
 * seconds, and whether the bound itself is included is not known, so the next page overlaps this
 * one, and what was seen is dropped. Where a full page brings nothing new, the bound moves on to
 * the next of these: just behind that time, to it (which leaves it out if the bound is exclusive),
 * and just before it.
 */
const BOUNDS = [1_000, 1, 0, -1];

interface Walk {
	reports: Report[];
	/** Times, ISO 8601, with so many messages that some of them may be beyond reach. */
	crowded: string[];
}

/**
 * Up to `limit` messages, the latest first, none twice.
 *
 * @param before only what was sent before
 */
export async function walkBack(api: Api, of: ListOf, limit: number, before?: Date): Promise<Walk> {
	const seen = new Map<string, Report>();
	const crowded: string[] = [];
	let count = Math.min(limit, MAX_COUNT);
	let bound = before;
	let step = 0;
	for (;;) {
		const { reports, size } = await listMessages(api, of, count, bound);
		const known = seen.size;
		for (const report of reports) {
			const key = report.message.messageId ?? JSON.stringify(report.raw);
			if (!seen.has(key)) seen.set(key, report);
		}
		if (size < count || seen.size >= limit) break;
		step = seen.size > known ? 0 : step + 1;
		const oldest = oldestOf([...seen.values()]);
		if (step === BOUNDS.length || oldest === undefined) break;
		const ofOneMoment = reports.filter((report) => timeOf(report) === oldest).length;
		if (BOUNDS[step] === 0 && ofOneMoment >= MAX_COUNT) {
			crowded.push(new Date(oldest).toISOString());
		}
		bound = new Date(Math.min(oldest + BOUNDS[step], before?.getTime() ?? Infinity));
		// pages overlap, so from here on small ones would not get far
		count = MAX_COUNT;
	}
	// the order of a list is not documented, and what is cut off has to be the oldest
	const latestFirst = [...seen.values()].sort((a, b) => timeOf(b) - timeOf(a));
	return { reports: latestFirst.slice(0, limit), crowded };
}

/** Epoch milliseconds; 0 where Namirial gave no time. */
function timeOf({ message: { sentAt } }: Report): number {
	return sentAt === null ? 0 : Date.parse(sentAt);
}

/** Epoch milliseconds. */
function oldestOf(reports: Report[]): number | undefined {
	const times = reports.map(timeOf).filter((time) => time > 0);
	return times.length > 0 ? Math.min(...times) : undefined;
}

/** The messages that an item of a Get Many asks for (Return All, Limit, Sent Before). */
export async function historyFor(item: Item, api: Api, of: ListOf): Promise<Report[]> {
	const before = dateOption(item, 'sentBefore', 'Sent Before');
	const { reports, crowded } = await walkBack(api, of, limitOf(item), before);
	for (const time of crowded) {
		addHint(
			item.context,
			`Item ${item.index}: at least ${MAX_COUNT} messages were taken at ${time}. Namirial lists no more than ${MAX_COUNT} of one moment, so if there were more, some are missing here.`,
		);
	}
	return reports;
}
