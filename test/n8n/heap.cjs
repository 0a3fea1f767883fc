const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** The bytes in use after garbage collection. */
exports.heldHeap = () => {
	collect();
	collect();
	return process.memoryUsage().heapUsed;
};
