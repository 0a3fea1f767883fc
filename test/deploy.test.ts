/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, not a node */
import { spawnSync } from 'node:child_process';
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	writeFileSync,
} from 'node:fs';
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

	const text = readFileSync(join(ROOT, COMPOSE), 'utf8');

	it.each(processes)('%s has the package and starts after it was installed', (name) => {
		expect(services[name].volumes).toEqual(['nodes:/home/node/.n8n/nodes']);
		expect(services[name].depends_on.package.condition).toBe('service_completed_successfully');
	});

	it.each(processes)('%s shares the encryption key, database, queue and public URL', (name) => {
		expect(services[name].environment).toEqual(services.main.environment);
		expect(services[name].secrets).toEqual(['encryption_key', 'postgres_password']);
		expect(services[name].image).toBe(services.main.image);
	});

	it.each(processes)('%s has a health check, a limit of memory and time to end', (name) => {
		const { healthcheck, deploy, stop_grace_period: grace, environment } = services[name];
		expect(healthcheck.test.join(' ')).toContain('/healthz/readiness');
		expect(deploy.resources.limits.memory).toMatch(/^\d+g$/);
		expect(parseInt(grace, 10)).toBeGreaterThan(Number(environment.N8N_GRACEFUL_SHUTDOWN_TIMEOUT));
	});

	it('does what docs/scaling.md says', () => {
		expect(services.main.environment).toMatchObject({
			DB_POSTGRESDB_POOL_SIZE: '10',
			DB_PING_TIMEOUT_MS: '60000',
			N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '5',
			EXECUTIONS_DATA_PRUNE: 'true',
		});
	});

	it('has no secret in a variable', () => {
		const names = Object.keys(services.main.environment).filter((name) =>
			/KEY|PASSWORD/.test(name),
		);
		expect(names.sort()).toEqual(['DB_POSTGRESDB_PASSWORD_FILE', 'N8N_ENCRYPTION_KEY_FILE']);
		const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
		expect(ignored).toEqual(expect.arrayContaining(['secrets', 'backups', '.env']));
	});

	it('the workers and the webhook process start when the database is up to date', () => {
		const waiting = processes.filter((name) => services[name].depends_on.main);
		expect(waiting).toEqual(['webhook', 'worker-1', 'worker-2']);
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

	it('the package is built from the checkout, for the same version of n8n', () => {
		const { dockerfile_inline: dockerfile, target } = services.package.build;
		expect(target).toBe('${PACKAGE_FROM:-checkout}');
		const images = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, image, stage]) => [
			stage,
			image,
		]);
		expect(Object.fromEntries(images)).toMatchObject({
			ready: services.main.image,
			checkout: services.main.image,
		});
		expect(dockerfile).toContain('/package/checkout.tgz');
	});

	it('the proxy checks whether n8n is ready, and sends postbacks to the webhook process', () => {
		const { caddyfile } = read(COMPOSE).configs;
		expect(caddyfile.content.match(/health_uri \/healthz\/readiness/g)).toHaveLength(2);
		expect(caddyfile.content).toMatch(/path .*\/webhook\/\* \/webhook-waiting\/\*/);
		const published = Object.keys(services).filter((name) => services[name].ports);
		expect(published).toEqual(['caddy']);
	});

	it('every volume and secret is declared', () => {
		const all = Object.values<{ volumes?: string[]; secrets?: string[] }>(services);
		const used = all
			.flatMap(({ volumes: mounts = [] }) => mounts.map((volume) => volume.split(':')[0]))
			.filter((source) => !source.startsWith('./'));
		expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
		const secrets = new Set(all.flatMap(({ secrets: names = [] }) => names));
		expect([...secrets].sort()).toEqual(Object.keys(read(COMPOSE).secrets).sort());
	});

	it('a second run of the recipe keeps the key and the password', () => {
		const recipe = [...text.matchAll(/^# {3}(.*)$/gm)].map(([, line]) => line);
		const end = recipe.findIndex((line) => line.startsWith('docker compose'));
		const script = recipe.slice(0, end).join('\n');
		const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
		mkdirSync(join(folder, 'examples'));
		copyFileSync(join(ROOT, COMPOSE), join(folder, COMPOSE));
		const files = ['secrets/encryption_key', 'secrets/postgres_password', '.env'];
		const [first, second] = [1, 2].map(() => {
			const { status, stderr } = spawnSync('sh', ['-e', '-c', script], {
				cwd: folder,
				encoding: 'utf8',
			});
			expect([status, stderr]).toEqual([0, '']);
			return files.map((file) => readFileSync(join(folder, file), 'utf8'));
		});
		expect(first[0]).toMatch(/^[\da-f]{48}\n$/);
		expect(first[1]).not.toBe(first[0]);
		expect(second).toEqual(first);
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
