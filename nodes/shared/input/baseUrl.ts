import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import { trimEndOf } from '../formats/values';
import { stripWrapping } from './normalizeInput';
import { isWebUrl } from './webUrl';

/**
 * The Base URL of a credential, without surrounding spaces and trailing slashes.
 *
 * @param example a valid Base URL, for the error description
 * @throws Failure if it is not a web address
 */
export function parseBaseUrl(value: unknown, example: string): string {
	const baseUrl = trimEndOf(stripWrapping(String(value ?? '')), /\//);
	if (!isWebUrl(baseUrl)) {
		throwInvalidInput(
			`The Base URL ${quoted(baseUrl)} of the credential is not a web address`,
			`It should look like ${example}, starting with https://.`,
		);
	}
	return baseUrl;
}
