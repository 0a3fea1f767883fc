import { neverConnected, transportFailure } from '../../../nodes/shared/http/transportFailure';
import type { TransportError } from '../../../nodes/shared/http/transportFailure';

const SYSCALLS_AFTER_CONNECTION = ['read', 'write', 'writev', 'shutdown'];
const SYSCALLS_BEFORE_CONNECTION = ['connect', 'getaddrinfo', 'queryA', 'queryAaaa'];
const SYSTEM_CODES = [
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
	it.each(
		SYSTEM_CODES.flatMap((code) => SYSCALLS_AFTER_CONNECTION.map((syscall) => [code, syscall])),
	)('%s in %s may have happened after the request was sent', (code, syscall) => {
		expect(neverConnected({ code, syscall })).toBe(false);
		expect(neverConnected({ message: 'wrapped', cause: { code, syscall } })).toBe(false);
		expect(neverConnected({ code, cause: { code, syscall } })).toBe(false);
	});

	it.each(
		SYSTEM_CODES.flatMap((code) => SYSCALLS_BEFORE_CONNECTION.map((syscall) => [code, syscall])),
	)('%s in %s happened before anything was sent', (code, syscall) => {
		expect(neverConnected({ code, syscall })).toBe(true);
		expect(neverConnected({ message: 'wrapped', cause: { code, syscall } })).toBe(true);
	});

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
	])('%s without a system call happened before anything was sent: %s', (code, expected) => {
		expect(neverConnected({ code })).toBe(expected);
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
	])('rejected the certificate before anything was sent: %s', (code) => {
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
	])('may have failed after the request was sent: %s', (code) => {
		expect(neverConnected({ code })).toBe(false);
	});
});

describe('errors of several attempts', () => {
	const refused: TransportError = { code: 'ECONNREFUSED', syscall: 'connect' };
	const reset: TransportError = { code: 'ECONNRESET', syscall: 'read' };

	it('happened before anything was sent if each of them did', () => {
		expect(neverConnected({ code: 'ECONNREFUSED', errors: [refused, refused] })).toBe(true);
		expect(neverConnected({ errors: [refused, reset] })).toBe(false);
		expect(neverConnected({ code: 'ECONNREFUSED', errors: [refused, {}] })).toBe(false);
		expect(neverConnected({ errors: [] })).toBe(false);
	});

	it('are found in a cause, and circular causes end', () => {
		expect(neverConnected({ cause: { errors: [refused] } })).toBe(true);
		const circular: TransportError = { code: 'ECONNRESET' };
		circular.cause = circular;
		expect(neverConnected(circular)).toBe(false);
	});
});

it('a request that n8n blocks was not sent', () => {
	expect(neverConnected({ name: 'SsrfBlockedIpError' })).toBe(true);
});

describe('a failure', () => {
	const url = 'https://sms.example.org/send?key=secret';
	const failureOf = (error: TransportError, isLate = false) =>
		transportFailure(error, url, 30_000, isLate);

	it('without a connection says that nothing was sent', () => {
		expect(failureOf({ code: 'ECONNREFUSED' })).toMatchObject({
			kind: 'unavailable',
			message: 'Could not connect to sms.example.org (ECONNREFUSED)',
			description: expect.stringContaining('Nothing was sent'),
			nothingAccepted: true,
			timedOut: false,
		});
	});

	it('names the code of a cause, or the message if there is no code', () => {
		const cause = { code: 'ENOTFOUND', syscall: 'getaddrinfo' };
		expect(failureOf({ message: 'failed', cause }).message).toContain('(ENOTFOUND)');
		const blocked = { name: 'SsrfBlockedIpError', message: 'not to this address' };
		expect(failureOf(blocked).message).toContain('(not to this address)');
	});

	it.each([
		['the caller', { code: 'ERR_CANCELED' }, true],
		['the error', { code: 'ECONNABORTED' }, false],
	])('for a time-out reported by %s may have sent something', (_name, error, isLate) => {
		expect(failureOf(error, isLate)).toMatchObject({
			kind: 'unavailable',
			message: 'No response from sms.example.org within 30 seconds',
			description: expect.stringContaining('a proxy in between, is unavailable'),
			nothingAccepted: false,
			timedOut: true,
		});
	});

	it('for a broken connection may have sent something', () => {
		expect(failureOf({ code: 'ECONNRESET', syscall: 'read' })).toMatchObject({
			kind: 'unavailable',
			message: 'The connection to sms.example.org broke before the complete response was received',
			description: expect.stringContaining('a proxy in between, is unavailable'),
			nothingAccepted: false,
			timedOut: false,
		});
	});

	it('names the host and nothing else of the URL', () => {
		expect(failureOf({}).message).not.toContain('secret');
		expect(transportFailure({}, 'no address', 1, false).message).toContain('the address in the');
	});
});
