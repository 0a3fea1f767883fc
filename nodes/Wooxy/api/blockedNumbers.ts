import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/clock';
import type { Output } from '../../shared/item';
import { TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import type { Api } from './connection';
import { findUpTo } from './pages';
import { call } from './request';

/** The black list of numbers (docs/providers/wooxy.md 4.3). */

/** phone-blacklist/add. */
export async function blockNumber(
	api: Api,
	phoneNumber: string,
	rejectType: string,
): Promise<Output> {
	const body = { records: [{ phoneNumber, rejectType }] };
	return await call(api, 'phone-blacklist/add', body, (raw) => ({
		json: { provider: PROVIDER, phoneNumber, rejectType, blocked: true },
		raw,
	}));
}

export const blockedShape = {
	provider: TEXT,
	phoneNumber: TEXT_OR_NULL,
	rejectType: TEXT_OR_NULL,
	blockedAt: TEXT_OR_NULL,
};

function readBlocked(raw: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			phoneNumber: text(raw.phoneNumber),
			rejectType: text(raw.rejectType),
			blockedAt: readIsoTime(raw.createdAt),
		},
		raw,
	};
}

/** phone-blacklist/find. */
export async function getBlockedNumbers(
	api: Api,
	by: { phoneNumber?: string; rejectType?: string },
	limit: number,
): Promise<Output[]> {
	const find = { method: 'phone-blacklist/find', by: { ...by }, read: readBlocked };
	return await findUpTo(api, find, limit);
}

/** phone-blacklist/remove. */
export async function unblockNumber(api: Api, phoneNumber: string): Promise<Output> {
	return await call(api, 'phone-blacklist/remove', { phoneNumber }, (raw) => ({
		json: { provider: PROVIDER, phoneNumber, blocked: false },
		raw,
	}));
}
