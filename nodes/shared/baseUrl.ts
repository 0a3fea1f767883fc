import { failInput } from './errors';

/**
 * The Base URL of a credential, trimmed.
 *
 * @param example what it should be like
 * @throws Failure where it is no web address
 */
export function baseUrlOf(value: unknown, example: string): string {
	const baseUrl = String(value ?? '').trim();
	if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
		failInput(
			`The Base URL "${baseUrl}" of the credential is not a web address`,
			`It should be like ${example}.`,
		);
	}
	return baseUrl;
}
