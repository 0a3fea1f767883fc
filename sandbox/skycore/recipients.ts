import type { Account } from './account';
import { refuseIf } from './codes';
import type { Fields } from './read';
import type { SkycoreSettings } from './settings';

/** Country code and number: neither `+` nor `00` in front. */
const INTERNATIONAL = /^[1-9]\d{6,14}$/;
const LONGEST_MASK = 11;
const LONGEST_TEXT = 160;

/** A number as the platform keeps it. @throws Refusal where it is none */
export function readNumber(settings: SkycoreSettings, text: string, code: string): string {
	const number = settings.plusNumbers === 'clean' ? text.replace(/^\+/, '') : text;
	refuseIf(!INTERNATIONAL.test(number), code, text);
	return number;
}

/** @throws Refusal E110 or E114 where the platform takes no message to the number */
export function checkRecipient({ core }: Account, to: string): void {
	const outcome = core.numbers.outcome(to);
	refuseIf(outcome === 'rejected', 'E110', to);
	refuseIf(outcome === 'optedOut', 'E114', to);
}

/** @throws Refusal E111 */
export function checkSender({ settings }: Account, from: string, to: string): void {
	refuseIf(!settings.senders.includes(from), 'E111', to);
}

/** Where a message really comes from: some countries have a short code of their own. */
export function senderFor({ settings }: Account, from: string, to: string): string {
	const country = Object.keys(settings.defaultSenders).find((digits) => to.startsWith(digits));
	return country === undefined ? from : settings.defaultSenders[country];
}

/** @throws Refusal E628 */
export function checkOperator({ settings }: Account, fields: Fields, to: string): void {
	refuseIf(settings.unsupportedOperators.includes(fields.text('OPERATORID')), 'E628', to);
}

/** Only where the account demands it. @throws Refusal E714, E715 */
export function checkCampaign(account: Account, fields: Fields, to: string): void {
	if (!account.settings.enforceCampaignCheck) return;
	const ref = fields.text('CAMPAIGNREF');
	refuseIf(account.subscriptions.campaign(ref) === undefined, 'E714', to);
	refuseIf(!account.subscriptions.isActive(ref, to), 'E715', to);
}

/** The alphanumeric sender, cut to its length; the USA has none. */
export function maskFor(fields: Fields, to: string): string {
	return to.startsWith('1') ? '' : fields.text('FROM_MASK').slice(0, LONGEST_MASK);
}

/** An SMS text within its limit. @throws Refusal E228 where the settings say so */
export function limitText({ settings }: Account, text: string, to?: string): string {
	const characters = [...text];
	if (characters.length <= LONGEST_TEXT || settings.longText === 'accept') return text;
	const info = `Text longer than ${LONGEST_TEXT} characters`;
	refuseIf(settings.longText === 'refuse', 'E228', to, info);
	return characters.slice(0, LONGEST_TEXT).join('');
}
