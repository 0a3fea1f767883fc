/**
 * A number of an output (E.164) as a provider writes it in requests, responses and postbacks
 * (docs/providers). Tests write numbers as outputs have them, and with these where they are wire.
 */
export const onTheWire = {
	/** Digits, with the prefix 011 outside North America. */
	cdyne: (number: string) => (number.startsWith('+1') ? number.slice(1) : `011${number.slice(1)}`),
	namirial: (number: string) => number,
	/** Digits. */
	skycore: (number: string) => number.slice(1),
	wooxy: (number: string) => number,
};
