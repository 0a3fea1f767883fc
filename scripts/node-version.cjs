/**
 * Loaded before every npm script (`node -r`), so that an old Node.js prints a readable message
 * instead of a syntax error. It must therefore use only old syntax.
 */
'use strict';

var MINIMUM = 20;

if (Number(process.versions.node.split('.')[0]) < MINIMUM) {
	console.error(
		'This project requires Node.js ' +
			MINIMUM +
			' or newer, but this is ' +
			process.versions.node +
			'. Install a newer version from https://nodejs.org and try again.',
	);
	process.exit(1);
}
