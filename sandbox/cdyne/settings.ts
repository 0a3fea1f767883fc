/** The switches of the CDYNE simulator, as the control API shows them. */
export interface CdyneSettings {
	/** License keys of good standing. */
	licenseKeys: string[];
	/** License keys of suspended accounts. */
	suspendedKeys: string[];
	/** Sending numbers, which all keys share: long codes, and short codes of 5 or 6 digits. */
	numbers: string[];
	/** Answer XML even where Accept names JSON. */
	forceXml: boolean;
	/** The server's clock, as JSON dates show it, by service. */
	legacyOffset: string;
	messagingOffset: string;
	/** Which senders get delivery receipts; the older documents say: short codes only. */
	receipts: 'shortCodes' | 'all';
	/** Encode the text of delivery receipts, which the real service does not. */
	encodeReceiptText: boolean;
	/** An unknown ReferenceID gives no entry, or one that says NotFound: not documented. */
	unknownReference: 'empty' | 'notFound';
	/** Post STOP, HELP and the like back as any other answer: not documented. */
	postSystemWords: boolean;
	/** Post each fragment of a long answer by itself: not documented. */
	postFragments: boolean;
	/** Of ReadIncomingMessages and GetMediaInfo: not documented. */
	defaultPageSize: number;
	maximumPageSize: number;
}

export const GOOD_STANDING = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
export const SUSPENDED = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a99';
export const LONG_CODE = '17575550100';
export const SHORT_CODE = '55512';

export function firstSettings(): CdyneSettings {
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

/** How a license key stands. */
export function standing(settings: CdyneSettings, key: string): 'good' | 'suspended' | 'unknown' {
	const among = (keys: string[]) => keys.some((known) => known.toLowerCase() === key);
	if (among(settings.suspendedKeys)) return 'suspended';
	return among(settings.licenseKeys) ? 'good' : 'unknown';
}

export function isShortCode(number: string): boolean {
	return /^\d{5,6}$/.test(number);
}

/** A number of ours in the form we own it under, or undefined. */
export function ownNumber(settings: CdyneSettings, number: string): string | undefined {
	return settings.numbers.find((own) => own === number || own === `1${number}`);
}

/**
 * A destination as CDYNE knows it: 11 digits for the US and Canada, `011...` for elsewhere; null
 * where it would refuse it. Nothing is stripped, so `+1...` is refused.
 */
export function destination(number: string): string | null {
	if (/^\d{10}$/.test(number)) return `1${number}`;
	return /^(?:1\d{10}|011\d{7,15})$/.test(number) ? number : null;
}
