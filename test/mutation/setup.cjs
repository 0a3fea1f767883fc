/**
 * Provides the parts of jest that the tests use for mocha. Mocha keeps all modules loaded between
 * mutants, whereas jest would load n8n again for each.
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

// n8n-core prints every error of a node, and many tests expect errors
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

// `Cdyne.node` must resolve to the .ts source before the .json file with n8n's search terms
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
 * Reloads the project's modules for `work`, with separate state. Code that runs when a module is
 * loaded is not attributed to the test.
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

/** Adds jest's names to mocha's interface, and limits the hooks of a file to that file. */
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
