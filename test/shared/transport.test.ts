import {
	neverConnected,
	transportFailure,
	type TransportError,
} from '../../nodes/shared/transport';

/** Which errors leave it certain that nothing of a request has left this machine. */

const AFTER = ['read', 'write', 'writev', 'shutdown'];
const BEFORE = ['connect', 'getaddrinfo', 'queryA', 'queryAaaa'];
const SYSTEM = [
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'EPIPE',
	'EPROTO',
	'ETIMEDOUT',
	'EADDRNOTAVAIL',
	'ENOTFOUND',
	'EAI_AGAIN',
];

describe('a system error', () => {
	it.each(SYSTEM.flatMap((code) => AFTER.map((syscall) => [code, syscall])))(
		'%s on %s may have left something',
		(code, syscall) => {
			expect(neverConnected({ code, syscall })).toBe(false);
			expect(neverConnected({ message: 'wrapped', cause: { code, syscall } })).toBe(false);
			expect(neverConnected({ code, cause: { code, syscall } })).toBe(false);
		},
	);

	it.each(SYSTEM.flatMap((code) => BEFORE.map((syscall) => [code, syscall])))(
		'%s on %s has left nothing',
		(code, syscall) => {
			expect(neverConnected({ code, syscall })).toBe(true);
			expect(neverConnected({ message: 'wrapped', cause: { code, syscall } })).toBe(true);
		},
	);

	it.each([
		['ECONNREFUSED', true],
		['ENOTFOUND', true],
		['EAI_AGAIN', true],
		['ECONNRESET', false],
		['EHOSTUNREACH', false],
		['ENETUNREACH', false],
		['EPIPE', false],
		['ETIMEDOUT', false],
		['ECONNABORTED', false],
		['EPROTO', false],
		['ERR_CANCELED', false],
		['UND_ERR_SOCKET', false],
	])('%s without a system call: %s', (code, never) => {
		expect(neverConnected({ code })).toBe(never);
	});
});

describe('TLS', () => {
	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('a certificate that was not accepted has let nothing out: %s', (code) => {
		expect(neverConnected({ code })).toBe(true);
	});

	it.each([
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
		'ERR_TLS_CERT_SIGNATURE_ALGORITHM_UNSUPPORTED',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
	])('anything else may come after the request: %s', (code) => {
		expect(neverConnected({ code })).toBe(false);
	});
});

describe('several attempts', () => {
	const refused: TransportError = { code: 'ECONNREFUSED', syscall: 'connect' };
	const reset: TransportError = { code: 'ECONNRESET', syscall: 'read' };

	it('have left nothing if each of them has not', () => {
		expect(neverConnected({ code: 'ECONNREFUSED', errors: [refused, refused] })).toBe(true);
		expect(neverConnected({ errors: [refused, reset] })).toBe(false);
		expect(neverConnected({ code: 'ECONNREFUSED', errors: [refused, {}] })).toBe(false);
		expect(neverConnected({ errors: [] })).toBe(false);
	});

	it('are found below a cause, and a circle of causes ends', () => {
		expect(neverConnected({ cause: { errors: [refused] } })).toBe(true);
		const circle: TransportError = { code: 'ECONNRESET' };
		circle.cause = circle;
		expect(neverConnected(circle)).toBe(false);
	});
});

it('an address that n8n does not let requests go to has got none', () => {
	expect(neverConnected({ name: 'SsrfBlockedIpError' })).toBe(true);
});

describe('a failure', () => {
	const url = 'https://sms.example.org/send?key=secret';
	const of = (error: TransportError, late = false) => transportFailure(error, url, 30_000, late);

	it('that never connected says so, and that nothing was sent', () => {
		expect(of({ code: 'ECONNREFUSED' })).toMatchObject({
			kind: 'unavailable',
			message: 'Could not connect to sms.example.org (ECONNREFUSED)',
			description: expect.stringContaining('Nothing was sent'),
			nothingAccepted: true,
			timedOut: false,
		});
	});

	it('names the code of a cause, and the words where there is none', () => {
		const cause = { code: 'ENOTFOUND', syscall: 'getaddrinfo' };
		expect(of({ message: 'failed', cause }).message).toContain('(ENOTFOUND)');
		const blocked = { name: 'SsrfBlockedIpError', message: 'not to this address' };
		expect(of(blocked).message).toContain('(not to this address)');
	});

	it.each([
		['is told by the caller', { code: 'ERR_CANCELED' }, true],
		['is told by the error', { code: 'ECONNABORTED' }, false],
	])('by time-out, which %s, leaves open what was sent', (_name, error, late) => {
		expect(of(error, late)).toMatchObject({
			kind: 'unavailable',
			message: 'No answer from sms.example.org within 30 seconds',
			description: expect.stringContaining('out of order'),
			nothingAccepted: false,
			timedOut: true,
		});
	});

	it('of a connection that broke leaves open what was sent', () => {
		expect(of({ code: 'ECONNRESET', syscall: 'read' })).toMatchObject({
			kind: 'unavailable',
			message: 'The connection to sms.example.org broke before the whole answer had come',
			description: expect.stringContaining('out of order'),
			nothingAccepted: false,
			timedOut: false,
		});
	});

	it('names the host and no more of the address', () => {
		expect(of({}).message).not.toContain('secret');
		expect(transportFailure({}, 'no address', 1, false).message).toContain('the address in the');
	});
});
