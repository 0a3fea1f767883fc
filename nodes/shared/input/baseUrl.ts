import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import { trimEndOf } from '../formats/values';
import { stripWrapping } from './normalizeInput';
import { isWebUrl } from './webUrl';

/**
 * The Base URL of a credential, without surrounding spaces and trailing slashes.
 *
 * Paths are appended to it. An address that is called as it is keeps the slash of a directory, because
 * a server would redirect the request otherwise (`keepsSlash`).
 *
 * @param example a valid Base URL, for the error description
 * @throws Failure if it is not a web address
 */
export function parseBaseUrl(value: unknown, example: string, keepsSlash = false): string {
	const given = stripWrapping(String(value ?? ''));
	const baseUrl = trimEndOf(given, /\//);
	if (!isWebUrl(baseUrl)) {
		throwInvalidInput(
			`The Base URL ${quoted(baseUrl)} of the credential is not a web address`,
			`It should look like ${example}, starting with https://.`,
		);
	}
	const isDirectory = given !== baseUrl && !/\.[a-z]\w*$/i.test(new URL(baseUrl).pathname);
	return keepsSlash && isDirectory ? `${baseUrl}/` : baseUrl;
}
