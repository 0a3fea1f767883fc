const { existsSync } = require('node:fs');

/** The end-to-end tests, each file in a real n8n of its own. `npm run test:n8n` runs them. */
module.exports = {
	...require('./jest.config.js'),
	roots: ['test/n8n', 'test/queue', 'test/browser']
		.filter((folder) => existsSync(`${__dirname}/${folder}`))
		.map((folder) => `<rootDir>/${folder}`),
	// here n8n is to say what it says
	setupFiles: ['reflect-metadata'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 120_000,
	// a test that could not stop what it started must not stop the rest
	forceExit: true,
};
