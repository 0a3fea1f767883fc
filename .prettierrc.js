module.exports = {
	useTabs: true,
	tabWidth: 2,
	printWidth: 100,
	singleQuote: true,
	trailingComma: 'all',
	endOfLine: 'lf',
	overrides: [{ files: 'package*.json', options: { useTabs: false } }],
};
