import {
	ADVICE,
	CREDENTIAL_NAMES,
	KEYWORD_RETURN_CODES,
	MESSAGE_STATUS,
	messageStatus,
	OPT_OUT_NAMES,
	POSTBACK_RETURN_CODES,
	POSTBACK_TYPES,
	readCode,
	REASONS,
	RECEIPT_NAMES,
	receiptStatus,
	RESERVED_WORDS,
	SMS_ERRORS,
} from '../../nodes/Cdyne/codes';

/** Enumerations, and the statuses that their values mean. */

it.each<[unknown, number | null, string]>([
	[' 3 ', 3, 'PhoneNumberInvalid'],
	['03', 3, 'PhoneNumberInvalid'],
	['3x', null, '3x'],
	['x3', null, 'x3'],
	['-1', null, '-1'],
	[' NOERROR ', 0, 'NoError'],
	['CONTACTESENDEXACCOUNTSUSPENDED', 9, 'ContactCdyneAccountSuspended'],
	['constructor', null, 'constructor'],
	['New', null, 'New'],
	[null, null, ''],
	[undefined, null, ''],
	[{ a: 1 }, null, '{"a":1}'],
])('the error %j is read as %s, %s', (value, number, name) => {
	expect(readCode(value, SMS_ERRORS)).toEqual({ number, name });
});

it.each([
	[POSTBACK_TYPES, 3, 'OutgoingMessage'],
	[POSTBACK_RETURN_CODES, 6, 'InvalidCountry'],
	[KEYWORD_RETURN_CODES, 9, 'InternalError'],
	[MESSAGE_STATUS, 508, 'FailedByProvider'],
])('%# an enumeration is read by number and by name', (names, number, name) => {
	expect(readCode(number, names)).toEqual({ number, name });
	expect(readCode(name, names)).toEqual({ number, name });
});

it.each([
	['000', 'delivered'],
	['003', 'sent'],
	['004', 'sent'],
	['005', 'undelivered'],
	['', 'undelivered'],
])('a receipt with the code "%s" means %s', (code, status) => {
	expect(receiptStatus(code)).toBe(status);
});

it.each([
	[0, 'queued'],
	[200, 'sent'],
	[201, 'queued'],
	[202, 'queued'],
	[203, 'unknown'],
	[400, 'failed'],
	[506, 'failed'],
	[507, 'canceled'],
	[508, 'failed'],
	[null, 'unknown'],
])('the message status %s means %s', (number, status) => {
	expect(messageStatus({ number, name: '' })).toBe(status);
});

it('all names in the tables are names of CDYNE', () => {
	const listed = new Set(
		[SMS_ERRORS, MESSAGE_STATUS, POSTBACK_RETURN_CODES, KEYWORD_RETURN_CODES].flatMap((names) =>
			Object.values(names),
		),
	);
	for (const name of [
		...CREDENTIAL_NAMES,
		...OPT_OUT_NAMES,
		...Object.keys(REASONS),
		...Object.keys(ADVICE),
	]) {
		expect(listed).toContain(name);
	}
	expect([CREDENTIAL_NAMES.size, OPT_OUT_NAMES.size]).toEqual([4, 2]);
	expect(RECEIPT_NAMES['091']).toBe('InvalidRouting');
});

it('words that CDYNE acts on are reserved', () => {
	expect([...RESERVED_WORDS].sort()).toEqual([
		'AIDE',
		'ARRET',
		'CANCEL',
		'END',
		'HELP',
		'HLP',
		'INFO',
		'QUIT',
		'RECOMMENCER',
		'RESUME',
		'STOP',
		'UNSUB',
		'UNSUBSCRIBE',
	]);
});
