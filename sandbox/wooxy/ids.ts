import { createHash, randomBytes } from 'node:crypto';

const BYTES = 12;

/** 24 lower-case hex characters, as every id but those of webhooks. */
export function newId(): string {
	return randomBytes(BYTES).toString('hex');
}

/** The same for something that is always there: equal for equal names, so that tests can know it. */
export function fixedId(...names: string[]): string {
	return createHash('sha256')
		.update(names.join('\n'))
		.digest('hex')
		.slice(0, 2 * BYTES);
}
