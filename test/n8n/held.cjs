/**
 * Loaded into a process of n8n. On SIGUSR2 it writes the resources that are in use after garbage
 * collection into a file next to the data of n8n.
 */
const { readdirSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const { heldHeap } = require('./heap.cjs');

process.on('SIGUSR2', () => {
	const heap = heldHeap();
	const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
	const resources = {
		heap,
		timers: timers.length,
		files: readdirSync('/proc/self/fd').length,
	};
	const file = join(process.env.N8N_USER_FOLDER, 'held.json');
	writeFileSync(`${file}.new`, JSON.stringify(resources));
	renameSync(`${file}.new`, file);
});
