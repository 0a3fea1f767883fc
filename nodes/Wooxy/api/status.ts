import type { IDataObject } from 'n8n-workflow';
import pLimit from 'p-limit';
import { type Failure, toFailure } from '../../shared/errors/failure';
import { toE164 } from '../../shared/formats/phoneNumber';
import { readIsoTime } from '../../shared/formats/providerTime';
import { isObject, getOwn, textOrNull, toText } from '../../shared/formats/values';
import { smsMessage } from '../../shared/model/message';
import type { Report } from '../../shared/model/output';
import { STATUS_MEANINGS, STATUSES } from '../codes';
import { PROVIDER } from '../name';
import { errorTexts, objectsOf } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** Look-ups of messages (docs/providers/wooxy.md 2.3). */

/** IDs per request. */
const MAX_IDS = 100;

/** The message in a record of sms/info. */
export function readRecord(messageId: string, raw: IDataObject): Report {
	const providerStatus = textOrNull(raw.status) ?? 'unknown';
	const word = providerStatus.trim().toLowerCase();
	const status = getOwn(STATUSES, word) ?? 'unknown';
	return {
		raw,
		message: smsMessage({
			provider: PROVIDER,
			messageId,
			to: toE164(textOrNull(raw.phoneNumber)),
			from: toE164(textOrNull(raw.fromName)),
			status,
			providerStatus,
			createdAt: readIsoTime(raw.createdAt),
			errorMessage: getOwn(STATUS_MEANINGS, word) ?? null,
		}),
	};
}

/** What sms/info returns for an ID: a record, or why there is none. */
type Lookup = { record: IDataObject } | { reason: string };

const withoutSpaces = (id: unknown) => toText(id).replace(/\s+/g, '');

/**
 * The records of an sms/info response by requested ID. The ID in a record counts before its key in
 * the map, which is compared without spaces: in the published example, one key differs from the ID
 * in its record and another contains a space. An empty map is written as `[]`.
 */
export function readLookups(ids: string[], envelope: IDataObject): Map<string, Lookup> {
	const { data } = envelope;
	const entries = isObject(data) ? Object.entries(data) : objectsOf(data).map((row) => ['', row]);
	const byRecordId = new Map<string, IDataObject>();
	const byKey = new Map<string, IDataObject>();
	for (const [key, record] of entries as Array<[string, unknown]>) {
		if (!isObject(record)) continue;
		const keyId = withoutSpaces(key);
		const recordId = textOrNull(record.id);
		byKey.set(keyId, record);
		byRecordId.set(recordId === null ? keyId : withoutSpaces(recordId), record);
	}
	const requested = new Set(ids.map(withoutSpaces));
	const texts = errorTexts(envelope);
	const find = (id: string): Lookup => {
		const underKey = byKey.get(id);
		// the record under this key may belong to another requested ID
		const isClaimed = underKey && requested.has(withoutSpaces(underKey.id ?? id));
		const record = byRecordId.get(id) ?? (isClaimed ? undefined : underKey);
		if (record) return { record };
		return { reason: texts.find((text) => text.includes(id)) ?? `SMS ${id} not found` };
	};
	return new Map(ids.map((id) => [id, find(withoutSpaces(id))]));
}

/** The message, why Wooxy has none with the ID, or why the look-up failed. */
export type LookedUp = Report | { reason: string } | Failure;

/** sms/info. @param ids up to 100, each once */
export async function getInfo(api: Api, ids: string[]): Promise<Map<string, LookedUp>> {
	const read = (envelope: IDataObject) => {
		const lookups = [...readLookups(ids, envelope)].map(
			([id, found]) => [id, 'record' in found ? readRecord(id, found.record) : found] as const,
		);
		return new Map(lookups);
	};
	// INFERRED: if no ID is found, the whole request may count as a failure
	const isNotFound = (errors: string[]) =>
		errors.length > 0 && errors.every((text) => /^sms \S+ not found$/i.test(text.trim()));
	return await call(api, 'sms/info', { ids }, read, { kind: 'repeatable' }, isNotFound);
}

/**
 * sms/info for any number of IDs. A request that fails affects only the IDs in it.
 *
 * @param concurrency requests in flight
 */
export async function getAllInfo(
	api: Api,
	ids: string[],
	concurrency: number,
): Promise<Map<string, LookedUp>> {
	const limit = pLimit(concurrency);
	const chunks = Array.from({ length: Math.ceil(ids.length / MAX_IDS) }, (_, index) =>
		ids.slice(index * MAX_IDS, (index + 1) * MAX_IDS),
	);
	const pages = await Promise.all(
		chunks.map((chunk) => limit(async () => await infoOrFailure(api, chunk))),
	);
	return new Map(pages.flatMap((page) => [...page]));
}

async function infoOrFailure(api: Api, ids: string[]): Promise<Map<string, LookedUp>> {
	try {
		return await getInfo(api, ids);
	} catch (error) {
		const failure = toFailure(error);
		return new Map(ids.map((id) => [id, failure]));
	}
}
