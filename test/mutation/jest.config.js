/**
 * The fast tests: without the engine, whose tests take seconds for each fault, and without those
 * that read the sources, which would see the faults themselves.
 */
const base = require('../../jest.config.js');

module.exports = {
	...base,
	rootDir: '../..',
	// jest finds the tests of a file only where it knows the file
	roots: ['<rootDir>/test', '<rootDir>/nodes', '<rootDir>/credentials', '<rootDir>/sandbox'],
	testPathIgnorePatterns: [
		...base.testPathIgnorePatterns,
		'<rootDir>/test/(engine|fuzz|hostile)/',
		'<rootDir>/test/sandbox/',
		'<rootDir>/test/[a-z]+\\.test\\.ts',
		'<rootDir>/test/shared/(house|tables|capabilities).test.ts',
	],
};
