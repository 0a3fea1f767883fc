/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
import { existsSync } from 'node:fs';
import {
	copyFile,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rename,
	rm,
	writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, n8nVersion, startInstance } from '../../sandbox/n8n/instance.mjs';
import { signIn, temporaryPassword } from '../../sandbox/n8n/rest.mjs';
import { startPostgres } from './services';

/**
 * Databases of an n8n that has started once and has an owner: SQLite and PostgreSQL. n8n starts faster
 * on a copy, since it has to create no tables.
 */

const KEPT = join(__dirname, '../../.work/n8n-database', n8nVersion);
const SQLITE = join(KEPT, 'sqlite');
const POSTGRES = join(KEPT, 'postgres');

/** The settings by which n8n finds a PostgreSQL of this machine. */
export const settingsFor = (port: number) => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(port),
	DB_POSTGRESDB_USER: 'postgres',
	DB_POSTGRESDB_DATABASE: 'postgres',
});

/**
 * Puts a copy of the SQLite database into the folder of an n8n that has not been started.
 *
 * @param env the settings of that n8n, its encryption key among them
 * @returns the password of the owner
 */
export async function copyDatabase(
	userFolder: string,
	env: Record<string, string>,
): Promise<string> {
	const password = await passwordOf(SQLITE, async (made) => {
		await startOnce(env, async (from) => await copySqlite(join(from, '.n8n'), made));
	});
	await copySqlite(SQLITE, join(userFolder, '.n8n'));
	return password;
}

/**
 * Starts a PostgreSQL with a copy of the database.
 *
 * @param env as for `copyDatabase`
 */
export async function startCopiedPostgres(env: Record<string, string>) {
	const password = await passwordOf(POSTGRES, async (made) => {
		const empty = await startPostgres();
		await startOnce({ ...env, ...settingsFor(empty.port) });
		await empty.keepAs(join(made, 'cluster'));
	});
	return { postgres: await startPostgres({ data: join(POSTGRES, 'cluster') }), password };
}

/** The owner's password of a kept database. @param make puts the database into a folder, if there is none */
async function passwordOf(folder: string, make: (made: string) => Promise<void>): Promise<string> {
	if (!existsSync(folder)) {
		const made = `${folder} of ${process.pid}`;
		await rm(made, { recursive: true, force: true });
		await mkdir(made, { recursive: true });
		await make(made);
		await writeFile(join(made, 'password'), temporaryPassword);
		// another process may have been faster
		await rename(made, folder).catch(async () => await rm(made, { recursive: true }));
	}
	return await readFile(join(folder, 'password'), 'utf8');
}

/** Starts an n8n on an empty folder, creates the owner and stops it. @param keep gets the folder */
async function startOnce(
	env: Record<string, string>,
	keep?: (userFolder: string) => Promise<void>,
): Promise<void> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-'));
	const [port, brokerPort] = await freePorts(2);
	const logFile = join(userFolder, 'n8n.log');
	const n8n = await startInstance({ userFolder, port, brokerPort, env, logFile });
	await signIn(n8n.url, temporaryPassword);
	await n8n.stop();
	await keep?.(userFolder);
	await rm(userFolder, { recursive: true, force: true });
}

async function copySqlite(from: string, to: string): Promise<void> {
	await mkdir(to, { recursive: true });
	const files = (await readdir(from)).filter((name) => name.startsWith('database.sqlite'));
	for (const name of files) await copyFile(join(from, name), join(to, name));
}
