const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** The bytes that are still held once there is nothing left to collect. */
exports.heldHeap = () => {
	collect();
	collect();
	return process.memoryUsage().heapUsed;
};
