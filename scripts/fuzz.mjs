/** `npm run test:fuzz`: runs the fuzz tests with a hundred thousand inputs each. */
process.env.FUZZ_RUNS ??= '100000';
process.argv.push('test/shared', 'test/fuzz', '--testTimeout=3600000');
await import('./test.mjs');
