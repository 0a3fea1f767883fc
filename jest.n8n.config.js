/** The end-to-end tests, each file with a separate n8n. `npm run test:n8n` runs them. */
module.exports = {
	...require('./jest.config.js'),
	roots: ['<rootDir>/test/n8n', '<rootDir>/test/browser'],
	// without the harness, so that n8n prints its logs
	setupFiles: ['reflect-metadata'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 120_000,
	// processes that a test failed to stop must not block the run
	forceExit: true,
};
