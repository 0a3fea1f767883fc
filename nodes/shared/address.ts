/** Addresses, and the token in them. */

/** An address with the token by which the trigger knows who may post to it. */
export function withToken(address: string, token: string | undefined): string {
	if (!token) return address;
	const url = new URL(address);
	url.searchParams.set('token', token);
	return url.toString();
}

/** The same address without the token. */
export function withoutToken(address: string): string {
	const url = new URL(address);
	url.searchParams.delete('token');
	return url.toString();
}

/** Whether two addresses lead to the same place; the query, which holds the token, may differ. */
export function sameAddress(one: string | null, other: string): boolean {
	if (one === null || !URL.canParse(one) || !URL.canParse(other)) return one === other;
	const [a, b] = [new URL(one), new URL(other)];
	return a.origin === b.origin && a.pathname === b.pathname;
}
