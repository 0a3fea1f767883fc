import { createHash, timingSafeEqual } from 'crypto';

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** Whether two texts are equal. The time it takes does not depend on where they differ. */
export function secretsEqual(received: string, expected: string): boolean {
	return timingSafeEqual(digest(received), digest(expected));
}

/** In characters. A shorter token can be guessed, and can occur in numbers and texts by chance. */
export const MIN_TOKEN_LENGTH = 16;

/**
 * The postback tokens of a credential, which are separated by commas. The first one is put into
 * URLs. All are accepted, so that a token can be replaced while postbacks with the previous one may
 * still arrive. If any part is too short for a token, the whole text is one token that contains a
 * comma.
 */
export function parseTokens(value: unknown): string[] {
	const whole = typeof value === 'string' ? value.trim() : '';
	const parts = whole.split(',').map((part) => part.trim());
	const tokens = parts.filter((part) => part !== '');
	// commas alone must not count as no token, which would accept every request
	if (whole !== '' && tokens.length === 0) return [whole];
	if (tokens.length > 1 && tokens.some((token) => token.length < MIN_TOKEN_LENGTH)) return [whole];
	return tokens;
}
