import { LIMIT_MS, PATH } from '../check';
import { findWaitViolation } from './check';

/** Histories of Send and Wait for Delivery with the model in ../providers/namirial.ts. */

it(
	'a wait ends once, with the outcome of its own message',
	async () => {
		const found = await findWaitViolation({ provider: 'namirial', path: PATH });
		expect(found?.report).toBeUndefined();
	},
	LIMIT_MS,
);
