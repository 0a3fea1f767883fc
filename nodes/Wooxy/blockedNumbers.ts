/** Why a number is on the black list (docs/providers/wooxy.md 4.3). */
export const rejectTypes = [
	{ name: 'Import', value: 'import', description: 'Added by hand or through the API' },
	{ name: 'Invalid', value: 'invalid', description: 'There is no such number' },
	{ name: 'Undeliverable', value: 'undeliverable', description: 'The number cannot be reached' },
	{ name: 'Unsubscribe', value: 'unsubscribe', description: 'They complained or opted out' },
];

export const REJECT_WORDS = rejectTypes.map(({ value }) => value);
