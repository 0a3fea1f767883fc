import { Failure } from '../errors/failure';

/** The errors of Node.js, its HTTP client and n8n for a request without a response. */
export interface TransportError {
	name?: string;
	code?: string;
	message?: string;
	syscall?: string;
	cause?: TransportError;
	errors?: TransportError[];
}

/** The codes of errors before the request is written. */
const CODES_BEFORE_REQUEST = new Set([
	// the connection was refused, or the host name is unknown
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EAI_NODATA',
	// the certificate was rejected
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
	// the request could not even be made
	'ERR_INVALID_URL',
	'ERR_INVALID_CHAR',
	'ERR_INVALID_PROTOCOL',
	'ERR_UNESCAPED_CHARACTERS',
]);

/** System calls before a connection exists: DNS look-ups by either resolver, and connecting. */
const SYSCALLS_BEFORE_CONNECTION = /^(?:connect|getaddrinfo|query\w*)$/;

/** An error and its causes, the outermost first. */
function causeChain(error: TransportError): TransportError[] {
	const chain: TransportError[] = [];
	let link: TransportError | undefined = error;
	while (link && !chain.includes(link)) {
		chain.push(link);
		link = link.cause;
	}
	return chain;
}

/**
 * Whether it is certain that nothing of a request left this machine: there was never a connection,
 * or the certificate was rejected. After any later error (a reset, a damaged TLS record, a network
 * that becomes unreachable while reading or writing) it is unknown what the provider received.
 */
export function neverConnected(error: TransportError): boolean {
	const chain = causeChain(error);
	const calls = chain.flatMap(({ syscall }) => (syscall ? [syscall] : []));
	if (calls.some((call) => !SYSCALLS_BEFORE_CONNECTION.test(call))) return false;
	// if several addresses were tried, each must have failed like this
	const tried = chain.find(({ errors }) => errors && errors.length > 0)?.errors;
	if (tried) return tried.every(neverConnected);
	return (
		calls.length > 0 ||
		chain.some(({ code = '' }) => CODES_BEFORE_REQUEST.has(code)) ||
		// n8n's protection against requests to internal addresses
		chain.some(({ name = '' }) => name.startsWith('SsrfBlocked'))
	);
}

/**
 * The failure for a request without a response.
 *
 * @param timeout in milliseconds
 * @param isLate whether the time-out has passed
 */
export function transportFailure(
	error: TransportError,
	url: string,
	timeout: number,
	isLate: boolean,
): Failure {
	// only the host: paths and queries may contain keys
	const host = URL.canParse(url) ? new URL(url).host : 'the address in the credential';
	if (neverConnected(error)) {
		const reason = causeChain(error).find(({ code }) => code)?.code ?? error.message;
		return new Failure({
			kind: 'unavailable',
			message: `Could not connect to ${host} (${reason})`,
			description:
				'Check the Base URL in the credential, and that n8n can reach this host. Nothing was sent.',
			nothingAccepted: true,
		});
	}
	const timedOut = isLate || error.code === 'ECONNABORTED';
	return new Failure({
		kind: 'unavailable',
		message: timedOut
			? `No response from ${host} within ${timeout / 1000} seconds`
			: `The connection to ${host} broke before the complete response was received`,
		description:
			'The provider, or a proxy in between, is unavailable. Try again later. If the error persists, check the Base URL in the credential.',
		timedOut,
	});
}
