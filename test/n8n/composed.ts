/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
/**
 * The services of examples/docker-compose.queue.yml as processes of this machine: the same programs
 * with the same settings, flags, secrets and proxy. The names of its network are replaced by ports.
 * PostgreSQL, Redis and Caddy are those of Debian instead of the images.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { freePorts, nodeForN8n } from '../../sandbox/n8n/instance.mjs';
import { type N8n, startN8n } from './instance';
import { readExample, type Service, startCaddy, startPostgres, startRedis } from './services';

const run = promisify(execFile);

interface ComposeFile {
	services: Record<
		string,
		{ command?: string; environment: Record<string, string>; healthcheck: { test: string[] } }
	>;
	configs: { caddyfile: { content: string } };
}

/** The services of the compose file, by the names of the processes of `N8n`. */
const SERVICES: Record<string, string> = {
	main: 'main',
	webhook: 'webhook',
	worker: 'worker-1',
	'worker 2': 'worker-2',
};

/** The words of a service's command after the name of the program. */
const flagsOf = ({ command = '' }) => command.split(' ').slice(1);

/** The text with the variables of .env. */
function interpolate(text: string, variables: Record<string, string>): string {
	return text.replace(
		/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
		(_, name: string, otherwise = '') => variables[name] ?? otherwise,
	);
}

export class Composed {
	n8n!: N8n;
	/** The address of Caddy. */
	url = '';
	private postgres!: Service;
	private redis!: Service;
	private caddy?: Service;
	private folder = '';
	private file!: ComposeFile;

	async start(sandbox: { url: string }): Promise<void> {
		this.file = parse(await readExample('docker-compose.queue.yml'), { merge: true });
		const { services, configs } = this.file;
		const [caddyPort] = await freePorts(1);
		this.url = `http://127.0.0.1:${caddyPort}`;
		this.folder = await mkdtemp(join(tmpdir(), 'composed-'));
		const [key, password] = [1, 2].map(() => randomBytes(24).toString('hex'));
		const encryptionKey = await this.secret('encryption_key', key);
		const environment = Object.entries(services.main.environment).map(([name, value]) => [
			name,
			// Caddy has no certificate here
			interpolate(value, { DOMAIN: '' }).replace('https:///', `${this.url}/`),
		]);
		this.n8n = await startN8n({
			editor: true,
			mode: 'queue',
			workers: 2,
			workerFlags: flagsOf(services['worker-1']),
			sandbox,
			env: { ...Object.fromEntries(environment), N8N_ENCRYPTION_KEY_FILE: encryptionKey },
			services: async () => {
				const { DB_POSTGRESDB_USER: owner } = services.main.environment;
				const flags = flagsOf(services.postgres);
				const postgres = await startPostgres({ owner, password, flags });
				const redis = await startRedis(flagsOf(services.redis));
				Object.assign(this, { postgres, redis });
				const settings = {
					QUEUE_BULL_REDIS_HOST: '127.0.0.1',
					QUEUE_BULL_REDIS_PORT: String(redis.port),
					DB_POSTGRESDB_HOST: '127.0.0.1',
					DB_POSTGRESDB_PORT: String(postgres.port),
					DB_POSTGRESDB_PASSWORD_FILE: await this.secret('postgres_password', password),
				};
				return { postgres, redis, settings };
			},
		});
		const hostOf = (name: string) => new URL(this.n8n.processes.get(name)!.url).host;
		const caddyfile = interpolate(configs.caddyfile.content, { DOMAIN: this.url })
			.replace('webhook:5678', hostOf('webhook'))
			.replace('main:5678', hostOf('main'));
		this.caddy = await startCaddy(caddyPort, caddyfile);
		this.n8n.webhookBase = this.url;
	}

	/** The names of the n8n processes whose health check succeeds. */
	async healthy(): Promise<string[]> {
		const checks = Object.entries(SERVICES).map(async ([name, service]) => {
			const [kind, program, ...args] = this.file.services[service].healthcheck.test;
			if (kind !== 'CMD' || program !== 'node') throw new Error(`${kind} ${program}`);
			const { port } = new URL(this.n8n.processes.get(name)!.url);
			try {
				await run(
					nodeForN8n()!,
					args.map((arg) => arg.replace('5678', port)),
				);
				return [service];
			} catch {
				return [];
			}
		});
		return (await Promise.all(checks)).flat();
	}

	/** Kills PostgreSQL, Redis and all processes of n8n, and starts them in the file's order. */
	async killAll(): Promise<void> {
		const { n8n, postgres, redis } = this;
		await Promise.all(
			[...n8n.processes.values()].map(async (running) => await running.stop('crash')),
		);
		await Promise.all([postgres.crash(), redis.crash()]);
		await Promise.all([postgres.start(), redis.start()]);
		await n8n.restart('crash');
		n8n.webhookBase = this.url;
	}

	async stop(): Promise<void> {
		await this.caddy?.stop();
		await this.n8n?.stop();
		await rm(this.folder, { recursive: true, force: true });
	}

	/** A file with a secret. */
	private async secret(name: string, value: string): Promise<string> {
		const file = join(this.folder, name);
		await writeFile(file, value, { mode: 0o600 });
		return file;
	}
}
