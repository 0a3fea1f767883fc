/** Settings of the CDYNE simulator, as in the control API. */
export interface CdyneSettings {
	/** License keys of active accounts. */
	licenseKeys: string[];
	/** License keys of suspended accounts. */
	suspendedKeys: string[];
	/** Senders of all keys: long codes, and short codes of 5 or 6 digits. */
	numbers: string[];
	/** Respond with XML even if Accept names JSON. */
	forceXml: boolean;
	/** The server's time zone offset in JSON dates, by service. */
	legacyOffset: string;
	messagingOffset: string;
	/** Which senders get delivery receipts. The older documents say: short codes only. */
	receipts: 'shortCodes' | 'all';
	/** Encode the text of delivery receipts, unlike the real service. */
	encodeReceiptText: boolean;
	/** An unknown ReferenceID returns no entry, or an entry with NotFound: not documented. */
	unknownReference: 'empty' | 'notFound';
	/** Send postbacks for STOP, HELP and other system words: not documented. */
	postSystemWords: boolean;
	/** Send a separate postback for each fragment of a long reply: not documented. */
	postFragments: boolean;
	/** Page sizes of ReadIncomingMessages and GetMediaInfo: not documented. */
	defaultPageSize: number;
	maximumPageSize: number;
}

export const GOOD_STANDING = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
export const SUSPENDED = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a99';
export const LONG_CODE = '17575550100';
export const SHORT_CODE = '55512';

export function initialSettings(): CdyneSettings {
	return {
		licenseKeys: [GOOD_STANDING],
		suspendedKeys: [SUSPENDED],
		numbers: [LONG_CODE, SHORT_CODE],
		forceXml: false,
		legacyOffset: '-0500',
		messagingOffset: '-0700',
		receipts: 'shortCodes',
		encodeReceiptText: false,
		unknownReference: 'empty',
		postSystemWords: true,
		postFragments: false,
		defaultPageSize: 20,
		maximumPageSize: 100,
	};
}

/** Returns the status of a license key's account. */
export function keyStatus(
	settings: CdyneSettings,
	key: string,
): 'active' | 'suspended' | 'unknown' {
	const contains = (keys: string[]) => keys.some((listed) => listed.toLowerCase() === key);
	if (contains(settings.suspendedKeys)) return 'suspended';
	return contains(settings.licenseKeys) ? 'active' : 'unknown';
}

export function isShortCode(number: string): boolean {
	return /^\d{5,6}$/.test(number);
}

/** Returns a number of the account as listed in the settings, or undefined. */
export function accountNumber(settings: CdyneSettings, number: string): string | undefined {
	return settings.numbers.find((listed) => listed === number || listed === `1${number}`);
}

/**
 * Returns a destination in CDYNE's notation: 11 digits for the US and Canada, `011...` for other
 * countries; null if CDYNE rejects it. A plus sign is not removed, so `+1...` is rejected.
 */
export function destination(number: string): string | null {
	if (/^\d{10}$/.test(number)) return `1${number}`;
	return /^(?:1\d{10}|011\d{7,15})$/.test(number) ? number : null;
}
