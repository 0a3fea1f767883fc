import { createHash, timingSafeEqual } from 'crypto';

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
	return timingSafeEqual(digest(given), digest(expected));
}

/** Characters; a shorter token can be guessed, and stands in numbers and texts by chance. */
export const SHORTEST_TOKEN = 16;

/**
 * The postback tokens in a credential: the first one goes into addresses, all of them are accepted,
 * so that a token can be replaced while postbacks with the one before are still on their way. Commas
 * part them; where one part is too short for a token, the whole is one that has a comma in it.
 */
export function tokensIn(value: unknown): string[] {
	const whole = typeof value === 'string' ? value.trim() : '';
	const parts = whole.split(',').map((part) => part.trim());
	const tokens = parts.filter((part) => part !== '');
	// commas alone are a token that nothing matches by chance, never none at all
	if (whole !== '' && tokens.length === 0) return [whole];
	if (tokens.length > 1 && tokens.some((token) => token.length < SHORTEST_TOKEN)) return [whole];
	return tokens;
}
