/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, not a node */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import manifest from '../package.json';

/** The files for deployment, publishing and issue reports, which no other test reads. */

const ROOT = join(__dirname, '..');
const read = (path: string) => parse(readFileSync(join(ROOT, path), 'utf8'), { merge: true });

const COMPOSE = 'examples/docker-compose.queue.yml';
const INSTALL = /npm install --legacy-peer-deps --ignore-scripts/;

/** The number of errors found by a linter that knows the schema of compose files. */
function countLintErrors(path: string): number {
	const linter = join(ROOT, 'node_modules/dclint/bin/dclint.cjs');
	const { stdout, stderr } = spawnSync(process.execPath, [linter, '-f', 'json', path], {
		encoding: 'utf8',
	});
	const [{ errorCount }] = JSON.parse(stdout || stderr) as Array<{ errorCount: number }>;
	return errorCount;
}

describe('docker-compose.queue.yml', () => {
	const { services, volumes } = read(COMPOSE);
	const processes = ['main', 'webhook', 'worker-1', 'worker-2'];

	it('is a valid compose file', () => expect(countLintErrors(join(ROOT, COMPOSE))).toBe(0));

	it('with a mistake in it fails the linter', () => {
		const file = join(mkdtempSync(join(tmpdir(), 'compose-')), 'docker-compose.yml');
		const wrong = readFileSync(join(ROOT, COMPOSE), 'utf8').replace('restart:', 'restarts:');
		writeFileSync(file, wrong);
		expect(countLintErrors(file)).toBeGreaterThan(0);
	});

	it.each(processes)('%s has the package and starts after it was installed', (name) => {
		expect(services[name].volumes).toEqual(['nodes:/home/node/.n8n/nodes']);
		expect(services[name].depends_on.package.condition).toBe('service_completed_successfully');
	});

	it.each(processes)('%s shares the encryption key, database, queue and public URL', (name) => {
		expect(services[name].environment).toEqual(services.main.environment);
		expect(services[name].image).toBe(services.package.image);
	});

	it('each process has the right command', () => {
		const commands = processes.map((name) => services[name].command);
		expect(commands).toEqual([
			undefined,
			'webhook',
			'worker --concurrency=10',
			'worker --concurrency=10',
		]);
	});

	it('the package is installed without a second copy of the libraries of n8n', () =>
		expect(services.package.command.join()).toMatch(INSTALL));

	it('every volume is declared', () => {
		const used = Object.values<{ volumes?: string[] }>(services).flatMap(
			({ volumes: mounts = [] }) => mounts.map((volume) => volume.split(':')[0]),
		);
		expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
	});
});

describe('helm-values.yml', () => {
	const values = read('examples/helm-values.yml');

	it.each(['main', 'worker', 'webhook'])('%s installs the package before it starts', (kind) => {
		const { initContainers, extraVolumes, extraVolumeMounts, extraEnv } = values[kind];
		expect(initContainers[0].args.join()).toMatch(INSTALL);
		expect(extraVolumes[0].name).toBe(initContainers[0].volumeMounts[0].name);
		expect(extraVolumeMounts).toEqual([{ name: 'nodes', mountPath: '/home/node/.n8n/nodes' }]);
		expect(Object.keys(extraEnv)).toEqual(['N8N_ENCRYPTION_KEY', 'DB_POSTGRESDB_PASSWORD']);
	});

	it('runs in queue mode, with workers and a webhook process', () => {
		expect(values.main.config.executions_mode).toBe('queue');
		expect(values.worker).toMatchObject({ enabled: true, replicaCount: 2 });
		expect(values.webhook).toMatchObject({ enabled: true });
	});

	it('uses the version of n8n that the tests run in', () => {
		const { dependencies } = read('sandbox/n8n/package.json');
		expect(values.image.tag).toBe(dependencies.n8n);
		expect(read(COMPOSE).services.main.image).toBe(`n8nio/n8n:${dependencies.n8n}`);
	});
});

describe('publishing', () => {
	const { on, permissions, jobs } = read('.github/workflows/publish.yml');
	const commands: string[] = jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);

	it('runs for a version tag, with the permission that provenance needs', () => {
		expect(on.push.tags).toEqual(['v*']);
		expect(permissions['id-token']).toBe('write');
	});

	it('runs after all checks, and publishes with provenance', () => {
		const checks = commands.indexOf('bash .ci/run');
		const publish = commands.findIndex((command) => command.startsWith('npm publish'));
		expect(checks).toBeGreaterThanOrEqual(0);
		expect(publish).toBeGreaterThan(checks);
		expect(commands[publish]).toContain('--provenance');
	});

	it('rejects a tag that is not the version', () => {
		const check = commands.find((command) => command.includes('GITHUB_REF_NAME'))!;
		const statusFor = (tag: string) =>
			spawnSync('sh', ['-c', check], { cwd: ROOT, env: { ...process.env, GITHUB_REF_NAME: tag } })
				.status;
		expect(statusFor(`v${manifest.version}`)).toBe(0);
		expect(statusFor('v99.0.0')).toBe(1);
	});

	it('needs no secret of the repository', () =>
		expect(readFileSync(join(ROOT, '.github/workflows/publish.yml'), 'utf8')).not.toContain(
			'secrets.',
		));
});

describe('the issue forms', () => {
	const folder = '.github/ISSUE_TEMPLATE';
	const forms = readdirSync(join(ROOT, folder)).filter((name) => name !== 'config.yml');

	it.each(forms)('%s has distinct fields and asks to leave out keys', (name) => {
		const form = read(`${folder}/${name}`);
		expect(Object.keys(form)).toEqual(['name', 'description', 'labels', 'body']);
		const fields = form.body.filter(({ type }: { type: string }) => type !== 'markdown');
		const ids = fields.map(({ id }: { id: string }) => id);
		expect(new Set(ids).size).toBe(fields.length);
		expect(JSON.stringify(form.body[0])).toContain('keys');
	});
});
