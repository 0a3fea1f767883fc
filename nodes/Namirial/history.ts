import { addHint } from '../shared/host/internals';
import type { ClockDifference } from '../shared/http/response';
import type { Item } from '../shared/input/item';
import { dateOption, limitOf } from '../shared/input/options';
import type { Report } from '../shared/model/output';
import type { Api } from './api/connection';
import { type ListFilter, listMessages, MAX_COUNT } from './api/status';

/**
 * Reads Namirial's lists backwards from the latest message. They have no cursor, only an upper
 * bound in time (docs/providers/namirial.md 7.4).
 */

/**
 * Milliseconds from the time of the oldest message so far to the next bound. Times are in whole
 * seconds, and it is not documented whether the bound is inclusive. So the next page overlaps this
 * one, and repeated messages are dropped. If a full page brings nothing new, the next of these
 * offsets is used: just after that time, that time (which skips it if the bound is exclusive), just
 * before it.
 */
const BOUND_OFFSETS_MS = [1_000, 1, 0, -1];

interface History {
	/** The latest first. */
	reports: Report[];
	/** Times, in ISO 8601, with so many messages that some of them may be missing. */
	crowdedTimes: string[];
	/** Whether there are no more messages. */
	isComplete: boolean;
	clock?: ClockDifference;
}

interface Bounds {
	/** Only messages that were sent before. */
	before?: Date;
	/** Messages that were sent before this time, in epoch milliseconds, are not needed. */
	since?: number;
}

/** Reads up to `limit` messages, each once. */
export async function listBackwards(
	api: Api,
	filter: ListFilter,
	limit: number,
	{ before, since = 0 }: Bounds = {},
): Promise<History> {
	const byId = new Map<string, Report>();
	const crowdedTimes = new Set<string>();
	let count = Math.min(limit, MAX_COUNT);
	let bound = before;
	let step = 0;
	let isComplete = false;
	let clock: ClockDifference | undefined;
	for (;;) {
		const page = await listMessages(api, filter, count, bound);
		const { reports, size } = page;
		clock = page.clock;
		const sizeBefore = byId.size;
		for (const report of reports) {
			const id = report.message.messageId ?? JSON.stringify(report.raw);
			if (!byId.has(id)) byId.set(id, report);
		}
		isComplete = size < count;
		if (isComplete || byId.size >= limit) break;
		step = byId.size > sizeBefore ? 0 : step + 1;
		const offset = BOUND_OFFSETS_MS.at(step);
		const oldest = oldestTimeOf([...byId.values()]);
		if (offset === undefined || oldest === undefined || oldest < since) break;
		const sameTime = reports.filter((report) => timeOf(report) === oldest);
		// shorter pages follow, because the bounds are exact and the times of the messages are not
		if (sameTime.length >= MAX_COUNT) crowdedTimes.add(new Date(oldest).toISOString());
		bound = new Date(Math.min(oldest + offset, before?.getTime() ?? Infinity));
		// pages overlap from here on, so they must be as large as possible
		count = MAX_COUNT;
	}
	// the order of a list is not documented, and the messages that are cut off must be the oldest
	const latestFirst = [...byId.values()].sort((a, b) => timeOf(b) - timeOf(a));
	isComplete &&= latestFirst.length <= limit;
	return {
		reports: latestFirst.slice(0, limit),
		crowdedTimes: [...crowdedTimes],
		isComplete,
		clock,
	};
}

/** Epoch milliseconds; 0 if the message has no time. */
function timeOf({ message: { createdAt } }: Report): number {
	return createdAt === null ? 0 : Date.parse(createdAt);
}

/** Epoch milliseconds; undefined if no message has a time. */
function oldestTimeOf(reports: Report[]): number | undefined {
	const times = reports.map(timeOf).filter((time) => time > 0);
	return times.length > 0 ? Math.min(...times) : undefined;
}

/** The messages that an item of a Get Many selects (Return All, Limit, Sent Before). */
export async function readHistory(item: Item, api: Api, filter: ListFilter): Promise<Report[]> {
	const before = dateOption(item, 'sentBefore', 'Sent Before');
	const { reports, crowdedTimes } = await listBackwards(api, filter, limitOf(item), { before });
	for (const time of crowdedTimes) {
		addHint(
			item.context,
			`Item ${item.index + 1}: at least ${MAX_COUNT} messages were accepted at ${time}. Namirial lists no more than ${MAX_COUNT} messages of the same time, so some may be missing here.`,
		);
	}
	return reports;
}
