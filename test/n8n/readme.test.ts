/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, not a node */
import { spawn } from 'node:child_process';
import type { SpawnOptionsWithoutStdio } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import manifest from '../../package.json';
import { freePorts, n8nFolder } from '../../sandbox/n8n/instance.mjs';
import { until } from '../engine/harness/until';

/** Runs every command of the README and of CONTRIBUTING.md unchanged. */

const ROOT = join(__dirname, '../..');
const BLOCKS = ['README.md', 'CONTRIBUTING.md'].flatMap((page) =>
	[...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```(?:sh)?\n([^]*?)^```$/gm)].map(
		([, text]) => text.trim(),
	),
);

const folders: string[] = [];
afterAll(async () => {
	await Promise.all(
		folders.map(async (folder) => await rm(folder, { recursive: true, force: true })),
	);
});
function emptyFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'readme-'));
	folders.push(folder);
	return folder;
}

/** The files of this project that a clone has. */
function copyOfProject(): string {
	const folder = emptyFolder();
	const isIncluded = (path: string) =>
		!/^(?:\.git|\.work|dist)(?:\/|$)|(?:^|\/)node_modules(?:\/|$)/.test(relative(ROOT, path));
	cpSync(ROOT, folder, { recursive: true, filter: isIncluded });
	return folder;
}

/** Links to the dependencies that take minutes to install, relative to the folder of a clone. */
const DEPENDENCIES = [
	[join(ROOT, 'node_modules'), 'node_modules'],
	[join(n8nFolder, 'node_modules'), join(relative(ROOT, n8nFolder), 'node_modules')],
];

/** A fresh clone of this project, with links to its dependencies. */
function clone(): string {
	const folder = copyOfProject();
	for (const [target, path] of DEPENDENCIES) symlinkSync(target, join(folder, path));
	return folder;
}

/** Variables with which git clones the files of this project instead of its published repository. */
async function clonable(): Promise<NodeJS.ProcessEnv> {
	const folder = copyOfProject();
	const identity = '-c user.name=Tests -c user.email=tests@example.com';
	const commit = `git init --quiet\ngit add --all\ngit ${identity} commit --quiet --message Clone`;
	await run(commit, folder, process.env);
	return {
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: `url.file://${folder}.insteadOf`,
		GIT_CONFIG_VALUE_0: manifest.repository.url,
	};
}

/** Runs a command in a shell. `printed` returns its output so far. */
function shell(command: string, options: SpawnOptionsWithoutStdio) {
	const child = spawn('sh', ['-e', '-c', command], options);
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => (printed += chunk));
	}
	return {
		printed: () => printed,
		ended: once(child, 'exit'),
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
		/** Interrupts all processes of a detached shell, as Ctrl-C does in a terminal. */
		interrupt: () => process.kill(-(child.pid as number), 'SIGINT'),
	};
}

async function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
	const { ended, printed } = shell(command, { cwd, env });
	const [code] = await ended;
	expect([code, code === 0 ? '' : printed()]).toEqual([0, '']);
}

/** How each command is tested, by its first line. */
const TRIALS: Record<string, (block: string) => Promise<void>> = {
	async [`git clone ${manifest.repository.url}`](block) {
		const [sandboxPort, n8nPort] = await freePorts(2);
		const ports = { SANDBOX_PORT: String(sandboxPort), N8N_PORT: String(n8nPort) };
		const env = { ...process.env, ...ports, ...(await clonable()) };
		const links = DEPENDENCIES.map(([target, path]) => `ln -s ${target} ${path}`).join('\n');
		const command = block.replace(/^npm start$/m, `${links}\nexec npm start`);
		expect(command).not.toBe(block);
		const it = shell(command, { cwd: emptyFolder(), env, detached: true });
		try {
			await until(() => it.hasEnded() || it.printed().includes('Ctrl-C stops everything'), 240_000);
			const lines = [...it.printed().matchAll(/^ *(curl .*)$/gm)].map(([, line]) => line);
			expect(lines).toHaveLength(4);
			for (const line of lines) await run(`${line} --silent --fail`, tmpdir(), process.env);
			const page = `http://127.0.0.1:${sandboxPort}/control/messages?direction=out`;
			const sent = async () => ((await (await fetch(page)).json()) as { total: number }).total;
			await until(async () => (await sent()) === 4);
		} finally {
			it.interrupt();
			await it.ended;
		}
	},
	async 'cd ~/.n8n/nodes'(block) {
		const home = emptyFolder();
		const nodes = join(home, '.n8n/nodes');
		mkdirSync(nodes, { recursive: true });
		const tarball = String(process.env.PACKAGE_TARBALL);
		const command = block.replace(new RegExp(`${manifest.name}$`), tarball);
		expect(command).not.toBe(block);
		await run(command, home, { ...process.env, HOME: home });
		expect(existsSync(join(nodes, 'node_modules', manifest.name, manifest.n8n.nodes[0]))).toBe(
			true,
		);
		// nothing else was installed
		expect(existsSync(join(nodes, 'node_modules/n8n-workflow'))).toBe(false);
	},
	async 'npm test -- test/shared/http'(block) {
		await run(block, clone(), process.env);
	},
	async 'npm test -- test/shared/http/request.test.ts'(block) {
		await run(block, clone(), process.env);
	},
	// `npm start` is run above; CI starts with `npm test` in a fresh clone
	async 'npm start'(block) {
		const named = [...block.matchAll(/^npm (?:run )?(\w+)/gm)].map(([, script]) => script);
		expect(named).toEqual(['start', 'dev', 'test']);
		expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
		expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain('\nnpm test ');
	},
};

it.each(BLOCKS)(
	'%s',
	async (block) => {
		const trial = TRIALS[block.split('\n')[0].replace(/\s+#.*/, '')];
		expect(trial).toBeDefined();
		await trial(block);
	},
	300_000,
);

it('the pages name only scripts that exist', () => {
	const pages = ['README.md', 'CONTRIBUTING.md', 'sandbox/README.md', 'docs/architecture.md'];
	const named = pages.flatMap((page) =>
		[...readFileSync(join(ROOT, page), 'utf8').matchAll(/`npm run ([\w:-]+)/g)].map(
			([, script]) => script,
		),
	);
	expect(named.length).toBeGreaterThan(8);
	expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
});
