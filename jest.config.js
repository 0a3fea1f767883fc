/** Tests that need no n8n server. Those that do are in jest.n8n.config.js. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/', '<rootDir>/test/browser/'],
	transform: {
		'^.+\\.m?[tj]s$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// these two packages contain only ES modules
	transformIgnorePatterns: ['/node_modules/(?!(p-limit|yocto-queue)/)'],
	// n8n-core expects its host to have loaded it
	setupFiles: ['reflect-metadata', '<rootDir>/test/engine/harness/quiet.js'],
	setupFilesAfterEnv: ['<rootDir>/test/engine/harness/fastSleep.ts'],
	testTimeout: 30_000,
	// by default jest leaves one core unused
	maxWorkers: '100%',
};
