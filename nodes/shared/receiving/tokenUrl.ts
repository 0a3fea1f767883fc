/** A URL with the token that the trigger verifies. */
export function withToken(url: string, token: string | undefined): string {
	if (!token) return url;
	const result = new URL(url);
	result.searchParams.set('token', token);
	return result.toString();
}

/** A URL without the token. */
export function withoutToken(url: string): string {
	const result = new URL(url);
	result.searchParams.delete('token');
	return result.toString();
}

/**
 * Whether two URLs are the same apart from the query, which contains the token.
 *
 * @param identityOf the part of a path that must be the same; by default all of it
 */
export function isSameUrl(
	a: string | null,
	b: string,
	identityOf: (path: string) => string = (path) => path,
): boolean {
	if (a === null || !URL.canParse(a) || !URL.canParse(b)) return a === b;
	const [urlA, urlB] = [new URL(a), new URL(b)];
	return urlA.origin === urlB.origin && identityOf(urlA.pathname) === identityOf(urlB.pathname);
}
