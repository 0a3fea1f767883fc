import type { IDataObject } from 'n8n-workflow';
import pLimit from 'p-limit';
import { readIsoTime } from '../../shared/clock';
import { asFailure } from '../../shared/errors';
import type { Failure } from '../../shared/errors';
import { smsMessage } from '../../shared/message';
import { isObject, own, text, written } from '../../shared/values';
import { STATUSES } from '../codes';
import { PROVIDER } from '../name';
import { errorTexts, objectsOf } from '../wire';
import type { Api } from './connection';
import type { Report } from './messages';
import { call } from './request';

/** Looking messages up (docs/providers/wooxy.md 2.3). */

/** Ids in one sms/info. */
const MOST_IDS = 100;

/** One record of sms/info (2.3). */
export function readSms(messageId: string, raw: IDataObject): Report {
	const word = text(raw.status) ?? 'unknown';
	const status = own(STATUSES, word.trim().toLowerCase()) ?? 'unknown';
	return {
		raw,
		message: smsMessage({
			provider: PROVIDER,
			messageId,
			to: text(raw.phoneNumber),
			from: text(raw.fromName),
			status,
			providerStatus: word,
			sentAt: readIsoTime(raw.createdAt),
		}),
	};
}

/** What sms/info knows of an id: the record, or why there is none. */
type Lookup = { record: IDataObject } | { words: string };

const withoutBlanks = (id: unknown) => written(id).replace(/\s+/g, '');

/**
 * The records of an sms/info answer by requested id. The id in the record counts, then the key
 * without its stray blanks: in the published example a key differs from its record, and the map
 * is `[]` when it is empty.
 */
export function readLookups(ids: string[], envelope: IDataObject): Map<string, Lookup> {
	const { data } = envelope;
	const entries = isObject(data) ? Object.entries(data) : objectsOf(data).map((one) => ['', one]);
	const byRecord = new Map<string, IDataObject>();
	const byKey = new Map<string, IDataObject>();
	for (const [key, record] of entries as Array<[string, unknown]>) {
		if (!isObject(record)) continue;
		const name = withoutBlanks(key);
		const own = text(record.id);
		byKey.set(name, record);
		byRecord.set(own === null ? name : withoutBlanks(own), record);
	}
	const asked = new Set(ids.map(withoutBlanks));
	const texts = errorTexts(envelope);
	const find = (id: string): Lookup => {
		const key = byKey.get(id);
		// under this key, but not the record of another id that was asked for
		const spare = key && !asked.has(withoutBlanks(key.id ?? id)) ? key : undefined;
		const record = byRecord.get(id) ?? spare;
		if (record) return { record };
		return { words: texts.find((one) => one.includes(id)) ?? `SMS ${id} not found` };
	};
	return new Map(ids.map((id) => [id, find(withoutBlanks(id))]));
}

/** A message, why Wooxy knows none of the id, or why the look-up failed. */
export type LookedUp = Report | { words: string } | Failure;

/** sms/info (2.3). @param ids up to 100, each once */
export async function getInfo(api: Api, ids: string[]): Promise<Map<string, LookedUp>> {
	return await call(api, 'sms/info', { ids }, (envelope) => {
		const found = [...readLookups(ids, envelope)];
		return new Map(found.map(([id, one]) => [id, 'record' in one ? readSms(id, one.record) : one]));
	});
}

/**
 * The same for any number of ids. A request that failed fails its own ids only.
 *
 * @param concurrency requests in flight
 */
export async function getAllInfo(
	api: Api,
	ids: string[],
	concurrency: number,
): Promise<Map<string, LookedUp>> {
	const limit = pLimit(concurrency);
	const chunks = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, index) =>
		ids.slice(index * MOST_IDS, (index + 1) * MOST_IDS),
	);
	const found = await Promise.all(
		chunks.map((chunk) => limit(async () => await infoOrFailure(api, chunk))),
	);
	return new Map(found.flatMap((one) => [...one]));
}

async function infoOrFailure(api: Api, ids: string[]): Promise<Map<string, LookedUp>> {
	try {
		return await getInfo(api, ids);
	} catch (error) {
		const failure = asFailure(error);
		return new Map(ids.map((id) => [id, failure]));
	}
}
