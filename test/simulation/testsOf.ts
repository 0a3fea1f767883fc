import { findViolation, HISTORIES, LIMIT_MS, PATH } from './check';
import { KNOWN_FAULTS } from './knownFaults';
import { MODELS } from './providers';

/** The tests of one provider. A message of a failed test says how to run its history again. */
export function testsOf(name: string): void {
	const model = MODELS[name];
	const faults = KNOWN_FAULTS.filter(({ provider }) => provider === name);

	it(
		'nobody is texted twice, and nothing is reported that is not true',
		async () => {
			const found = await findViolation(model, { path: PATH });
			expect(found?.report).toBeUndefined();
		},
		LIMIT_MS,
	);

	describe('no more', () => {
		it.each(faults.map((fault) => [fault.title, fault] as const))(
			'%s',
			async (_, { focus }) => {
				// a focus needs few histories
				const histories = Math.ceil(HISTORIES / 10);
				const found = await findViolation(model, { focus, histories, path: PATH });
				expect(found?.report).toBeUndefined();
			},
			LIMIT_MS,
		);
	});
}
