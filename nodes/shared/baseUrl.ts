import { failInput } from './errors';
import { bare, quoted } from './pasted';
import { trimEndOf } from './trim';

/**
 * The Base URL of a credential, without blanks around it and slashes at its end.
 *
 * @param example what it should be like
 * @throws Failure where it is no web address
 */
export function baseUrlOf(value: unknown, example: string): string {
	const baseUrl = trimEndOf(bare(String(value ?? '')), /\//);
	if (!/^https?:\/\/[^/]/i.test(baseUrl) || !URL.canParse(baseUrl)) {
		failInput(
			`The Base URL ${quoted(baseUrl)} of the credential is not a web address`,
			`It should be like ${example}, with https:// in front.`,
		);
	}
	return baseUrl;
}
