import { Failure } from './errors';

/** Why no answer came, and whether the request can have reached the provider. */

/** What Node.js, its HTTP client or n8n throw where a request fails. */
export interface TransportError {
	name?: string;
	code?: string;
	message?: string;
	syscall?: string;
	cause?: TransportError;
	errors?: TransportError[];
}

/** The connection was refused, or the name of the host is not known. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);

/** A certificate that was not accepted: the handshake ends before the request is written. */
const NOT_TRUSTED = new Set([
	'CERT_CHAIN_TOO_LONG',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REJECTED',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_FORMAT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
	'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The request could not even be made. */
const NOT_MADE = new Set([
	'ERR_INVALID_URL',
	'ERR_INVALID_CHAR',
	'ERR_INVALID_PROTOCOL',
	'ERR_UNESCAPED_CHARACTERS',
]);

/** System calls that come before a connection stands: DNS look-ups by either resolver, connecting. */
const BEFORE = /^(?:connect|getaddrinfo|query\w*)$/;

/** An error and its causes, the outermost first. */
function chainOf(error: TransportError): TransportError[] {
	const chain: TransportError[] = [];
	for (let one: TransportError | undefined = error; one && !chain.includes(one); one = one.cause) {
		chain.push(one);
	}
	return chain;
}

/**
 * Whether it is certain that nothing of a request left this machine: it was never connected, or
 * the certificate was not accepted. Anything that can come later (a reset, a damaged TLS record, a
 * network that becomes unreachable while reading or writing) leaves open what the provider got.
 */
export function neverConnected(error: TransportError): boolean {
	const chain = chainOf(error);
	const calls = chain.flatMap(({ syscall }) => (syscall ? [syscall] : []));
	if (calls.some((call) => !BEFORE.test(call))) return false;
	// several addresses were tried: each has to have failed like this
	const tried = chain.find(({ errors }) => errors && errors.length > 0)?.errors;
	if (tried) return tried.every(neverConnected);
	return (
		calls.length > 0 ||
		chain.some(
			({ code = '', name = '' }) =>
				NO_CONNECTION.has(code) ||
				NOT_TRUSTED.has(code) ||
				NOT_MADE.has(code) ||
				// n8n's protection against requests to internal addresses
				name.startsWith('SsrfBlocked'),
		)
	);
}

/** Only the host is named in messages; paths and queries may hold keys. */
function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'the address in the credential';
}

const UNSTEADY =
	'The provider, or a proxy on the way to it, is out of order. Try again later; if it stays like that, check the Base URL in the credential.';

/**
 * The failure behind a request without an answer.
 *
 * @param timeout in milliseconds
 * @param late the time-out has passed
 */
export function transportFailure(
	error: TransportError,
	url: string,
	timeout: number,
	late: boolean,
): Failure {
	const host = hostOf(url);
	if (neverConnected(error)) {
		const why = chainOf(error).find(({ code }) => code)?.code ?? error.message;
		return new Failure({
			kind: 'unavailable',
			message: `Could not connect to ${host} (${why})`,
			description:
				'Check the Base URL in the credential, and that this n8n can reach that host. Nothing was sent.',
			nothingAccepted: true,
		});
	}
	if (late || error.code === 'ECONNABORTED') {
		return new Failure({
			kind: 'unavailable',
			message: `No answer from ${host} within ${timeout / 1000} seconds`,
			description: UNSTEADY,
			timedOut: true,
		});
	}
	return new Failure({
		kind: 'unavailable',
		message: `The connection to ${host} broke before the whole answer had come`,
		description: UNSTEADY,
	});
}
