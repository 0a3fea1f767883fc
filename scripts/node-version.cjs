/**
 * Loaded before every script that npm runs (`node -r`), so that an old Node.js gets a plain sentence
 * and not a syntax error. Hence written in the language of old ones.
 */
'use strict';

var OLDEST = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
	console.error(
		'This needs Node.js ' +
			OLDEST +
			' or newer, and this is ' +
			process.versions.node +
			'. Install a newer one from https://nodejs.org and try again.',
	);
	process.exit(1);
}
