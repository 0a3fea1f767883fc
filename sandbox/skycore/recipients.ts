import type { Account } from './account';
import { rejectIf } from './codes';
import type { Fields } from './read';
import type { SkycoreSettings } from './settings';

/** Country code and number, without `+` or `00`. */
const INTERNATIONAL = /^[1-9]\d{6,14}$/;
const MAX_MASK_LENGTH = 11;
const MAX_TEXT_LENGTH = 160;

/** Returns a number as the platform stores it. @throws Rejection if it is not valid */
export function readNumber(settings: SkycoreSettings, text: string, code: string): string {
	const number = settings.plusNumbers === 'clean' ? text.replace(/^\+/, '') : text;
	rejectIf(!INTERNATIONAL.test(number), code, text);
	return number;
}

/** @throws Rejection E110 or E114 if the platform accepts no message to the number */
export function checkRecipient({ core }: Account, to: string): void {
	const outcome = core.numbers.outcome(to);
	rejectIf(outcome === 'rejected', 'E110', to);
	rejectIf(outcome === 'optedOut', 'E114', to);
}

/** @throws Rejection E111 */
export function checkSender({ settings }: Account, from: string, to: string): void {
	rejectIf(!settings.senders.includes(from), 'E111', to);
}

/** Returns the actual sender: in some countries another short code replaces it. */
export function senderFor({ settings }: Account, from: string, to: string): string {
	const country = Object.keys(settings.defaultSenders).find((digits) => to.startsWith(digits));
	return country === undefined ? from : settings.defaultSenders[country];
}

/** @throws Rejection E628 */
export function checkOperator({ settings }: Account, fields: Fields, to: string): void {
	rejectIf(settings.unsupportedOperators.includes(fields.text('OPERATORID')), 'E628', to);
}

/** Checks the campaign if the account requires it. @throws Rejection E714, E715 */
export function checkCampaign(account: Account, fields: Fields, to: string): void {
	if (!account.settings.enforceCampaignCheck) return;
	const ref = fields.text('CAMPAIGNREF');
	rejectIf(account.subscriptions.campaign(ref) === undefined, 'E714', to);
	rejectIf(!account.subscriptions.isActive(ref, to), 'E715', to);
}

/** Returns the alphanumeric sender, cut to the maximum length; '' for the USA. */
export function maskFor(fields: Fields, to: string): string {
	return to.startsWith('1') ? '' : fields.text('FROM_MASK').slice(0, MAX_MASK_LENGTH);
}

/** Applies the length limit to an SMS text. @throws Rejection E228 if the settings say so */
export function limitText({ settings }: Account, text: string, to?: string): string {
	const characters = [...text];
	if (characters.length <= MAX_TEXT_LENGTH || settings.longText === 'accept') return text;
	const info = `Text longer than ${MAX_TEXT_LENGTH} characters`;
	rejectIf(settings.longText === 'refuse', 'E228', to, info);
	return characters.slice(0, MAX_TEXT_LENGTH).join('');
}
