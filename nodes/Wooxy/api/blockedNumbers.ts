import type { IDataObject } from 'n8n-workflow';
import { toE164 } from '../../shared/formats/phoneNumber';
import { readIsoTime } from '../../shared/formats/providerTime';
import { textOrNull } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import type { Api } from './connection';
import { findUpTo, type Warn } from './pages';
import { call } from './request';

/** The blacklist of numbers (docs/providers/wooxy.md 4.3). */

export async function blockNumber(api: Api, phoneNumber: string, rejectType: string) {
	const body = { records: [{ phoneNumber, rejectType }] };
	return await call(api, 'phone-blacklist/add', body, (raw) => ({
		json: { provider: PROVIDER, phoneNumber, rejectType, blocked: true },
		raw,
	}));
}

export const blockedNumberSchema = {
	provider: TEXT,
	phoneNumber: TEXT_OR_NULL,
	rejectType: TEXT_OR_NULL,
	blockedAt: TEXT_OR_NULL,
};

function readBlocked(raw: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			phoneNumber: toE164(textOrNull(raw.phoneNumber)),
			rejectType: textOrNull(raw.rejectType),
			blockedAt: readIsoTime(raw.createdAt),
		},
		raw,
	};
}

export async function getBlockedNumbers(
	api: Api,
	criteria: { phoneNumber?: string; rejectType?: string },
	limit: number,
	warn: Warn,
): Promise<Output[]> {
	const query = { method: 'phone-blacklist/find', criteria: { ...criteria }, read: readBlocked };
	return await findUpTo(api, query, limit, warn);
}

export async function unblockNumber(api: Api, phoneNumber: string): Promise<Output> {
	return await call(api, 'phone-blacklist/remove', { phoneNumber }, (raw) => ({
		json: { provider: PROVIDER, phoneNumber, blocked: false },
		raw,
	}));
}
