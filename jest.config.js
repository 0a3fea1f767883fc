/** Tests that need no n8n server. The ones that do are listed in jest.n8n.config.js. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/n8n/',
		'<rootDir>/test/queue/',
		'<rootDir>/test/browser/',
	],
	transform: {
		'^.+\\.m?[tj]s$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// these two ship as ES modules only
	transformIgnorePatterns: ['/node_modules/(?!(p-limit|yocto-queue)/)'],
	// n8n-core expects its host to have loaded it
	setupFiles: ['reflect-metadata', '<rootDir>/test/engine/quiet.js'],
	testTimeout: 30_000,
	// jest leaves one core to others, and nothing else runs beside the tests
	maxWorkers: '100%',
};
