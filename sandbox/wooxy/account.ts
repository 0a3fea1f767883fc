import type { ProviderRequest } from '../simulator';
import { Rejection } from './responses';
import type { WooxySettings } from './settings';

/** @throws Rejection if the header Access-Token does not contain an active token */
export function authorize(headers: ProviderRequest['headers'], settings: WooxySettings): void {
	const token = String(headers['access-token'] ?? '');
	const { userId } = settings;
	if (token === '') throw new Rejection('Invalid authorization token!', 'token');
	if (settings.disabledTokens.includes(token)) {
		throw new Rejection(`user ${userId} not enabled`, 'disabled');
	}
	if (settings.dataLessTokens.includes(token)) {
		throw new Rejection(`no data found for key ${userId}`, 'token');
	}
	if (settings.mismatchedTokens.includes(token)) {
		throw new Rejection(`access token check failed for key/secret ${userId}/${token}`, 'token');
	}
	if (!settings.accessTokens.includes(token)) {
		throw new Rejection(`no matches found for access token ${token}`, 'token');
	}
}

/** account/info */
export function accountInfo({ accountName, accountBalance }: WooxySettings) {
	return { accountName, accountBalance };
}
