/** The fast tests, without those that read the sources: they would see the faults themselves. */
const base = require('../../jest.config.js');

module.exports = {
	...base,
	rootDir: '../..',
	testPathIgnorePatterns: [
		...base.testPathIgnorePatterns,
		'<rootDir>/test/hostile/',
		'<rootDir>/test/sandbox/',
		'<rootDir>/test/examples.test.ts',
		'<rootDir>/test/shared/(house|tables|capabilities).test.ts',
	],
};
