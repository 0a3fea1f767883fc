import type { ProviderRequest } from '../simulator';
import { Refusal } from './answer';
import type { WooxySettings } from './settings';

/** @throws Refusal where the header Access-Token holds no key of good standing */
export function authorize(headers: ProviderRequest['headers'], settings: WooxySettings): void {
	const token = String(headers['access-token'] ?? '');
	const { userId } = settings;
	if (token === '') throw new Refusal('Invalid authorization token!', 'token');
	if (settings.disabledTokens.includes(token)) {
		throw new Refusal(`user ${userId} not enabled`, 'disabled');
	}
	if (settings.dataLessTokens.includes(token)) {
		throw new Refusal(`no data found for key ${userId}`, 'token');
	}
	if (settings.mismatchedTokens.includes(token)) {
		throw new Refusal(`access token check failed for key/secret ${userId}/${token}`, 'token');
	}
	if (!settings.accessTokens.includes(token)) {
		throw new Refusal(`no matches found for access token ${token}`, 'token');
	}
}

/** account/info */
export function accountInfo({ accountName, accountBalance }: WooxySettings) {
	return { accountName, accountBalance };
}
