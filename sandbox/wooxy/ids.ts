import { createHash, randomBytes } from 'node:crypto';

const BYTES = 12;

/** Returns 24 lower-case hex characters, like all ids except those of webhooks. */
export function newId(): string {
	return randomBytes(BYTES).toString('hex');
}

/** Returns an id derived from names, so that tests can compute it. */
export function fixedId(...names: string[]): string {
	return createHash('sha256')
		.update(names.join('\n'))
		.digest('hex')
		.slice(0, 2 * BYTES);
}
