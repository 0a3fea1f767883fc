/**
 * Loaded into a process of n8n: on SIGUSR2 it says what is still held once there is nothing left to
 * collect, in a file beside its data.
 */
const { readdirSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const { heldHeap } = require('./heap.cjs');

process.on('SIGUSR2', () => {
	const heap = heldHeap();
	const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
	const held = {
		heap,
		timers: timers.length,
		files: readdirSync('/proc/self/fd').length,
	};
	const file = join(process.env.N8N_USER_FOLDER, 'held.json');
	writeFileSync(`${file}.new`, JSON.stringify(held));
	renameSync(`${file}.new`, file);
});
