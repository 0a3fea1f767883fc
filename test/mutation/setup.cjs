/**
 * What the tests use of jest, for mocha: it keeps all modules in one process from fault to fault, where
 * jest loads n8n anew for each.
 */
require('reflect-metadata');
const { readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { transformSync } = require('@swc/core');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { expect } = require('expect');
const { bind } = require('jest-each');
const { ModuleMocker } = require('jest-mock');
const { interfaces, Suite } = require('mocha');

// n8n-core prints every error of a node, and tests are full of errors that are meant to happen
process.env.N8N_LOG_LEVEL ??= 'silent';

function load(module, filename) {
	const { code } = transformSync(readFileSync(filename, 'utf8'), {
		filename,
		swcrc: false,
		sourceMaps: 'inline',
		jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
		module: { type: 'commonjs' },
	});
	module._compile(code, filename);
}

// `Cdyne.node` is the source, before the file for n8n's search beside it
const { '.json': json, ...others } = require.extensions;
delete require.extensions['.json'];
Object.assign(require.extensions, { ...others, '.ts': load, '.json': json });

const mocker = new ModuleMocker(globalThis);
let timers;

function useFakeTimers(config = {}) {
	timers ??= new ModernFakeTimers({ global: globalThis, config: { fakeTimers: {} } });
	timers.useFakeTimers(config);
}

/**
 * Has what it imports read the sources anew, with a memory of its own. What a module does when it is
 * loaded does not count as done by the test.
 */
async function isolateModulesAsync(work) {
	const faults = globalThis.__stryker__ ?? {};
	const { currentTestId } = faults;
	const isOurs = (file) => file.startsWith(join(process.cwd(), 'nodes'));
	const kept = Object.entries(require.cache).filter(([file]) => isOurs(file));
	for (const [file] of kept) delete require.cache[file];
	faults.currentTestId = undefined;
	try {
		await work();
	} finally {
		faults.currentTestId = currentTestId;
		for (const [file, module] of kept) require.cache[file] = module;
	}
}

Object.assign(globalThis, {
	expect,
	jest: {
		fn: mocker.fn.bind(mocker),
		spyOn: mocker.spyOn.bind(mocker),
		restoreAllMocks: () => mocker.restoreAllMocks(),
		useFakeTimers,
		useRealTimers: () => timers?.useRealTimers(),
		advanceTimersByTimeAsync: async (ms) => await timers.advanceTimersByTimeAsync(ms),
		setSystemTime: (now) => timers.setSystemTime(now),
		getTimerCount: () => timers.getTimerCount(),
		isolateModulesAsync,
		requireActual: require,
	},
});

const { bdd } = interfaces;

/** The words of mocha under the names that jest has for them, and what a file sets up for itself alone. */
interfaces.bdd = (root) => {
	root.on('pre-require', (global, file, mocha) => {
		const suite = Suite.create(root, relative('test', file));
		bdd(suite);
		suite.emit('pre-require', global, file, mocha);
		const { it, describe } = global;
		global.beforeAll = global.before;
		global.afterAll = global.after;
		it.each = bind(it);
		describe.each = bind(describe, false);
	});
};
