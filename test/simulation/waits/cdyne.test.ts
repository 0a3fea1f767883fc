import { HISTORIES, LIMIT_MS, PATH } from '../check';
import { findWaitViolation } from './check';
import { KNOWN_WAIT_FAULTS } from './knownFaults';

/** Histories of Send and Wait with the model in ../providers/cdyne.ts. */

it(
	'a wait ends once, with the outcome of its own message',
	async () => {
		const found = await findWaitViolation({ provider: 'cdyne', path: PATH });
		expect(found?.report).toBeUndefined();
	},
	LIMIT_MS,
);

describe('no more', () => {
	it.each(KNOWN_WAIT_FAULTS.map(({ title, focus }) => [title, focus] as const))(
		'%s',
		async (_, focus) => {
			const histories = Math.ceil(HISTORIES / 6);
			const search = { provider: 'cdyne' as const, focus, histories, path: PATH };
			const found = await findWaitViolation(search);
			expect(found?.report).toBeUndefined();
		},
		LIMIT_MS,
	);
});
