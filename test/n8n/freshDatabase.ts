/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, n8nVersion, startInstance } from '../../sandbox/n8n/instance.mjs';
import { signIn, temporaryPassword } from '../../sandbox/n8n/rest.mjs';

/**
 * The SQLite database of an n8n that has started once and has an owner. n8n starts faster on a copy of
 * it, since it has to create no tables.
 */

const KEPT = join(__dirname, '../../.work/n8n-database', n8nVersion);

/**
 * Puts a copy of the database into the folder of an n8n that has not been started.
 *
 * @param env the settings of that n8n, its encryption key among them
 * @returns the password of the owner
 */
export async function copyDatabase(
	userFolder: string,
	env: Record<string, string>,
): Promise<string> {
	const password = await readFile(join(KEPT, 'password'), 'utf8').catch(() => makeDatabase(env));
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	for (const name of await databaseFiles(KEPT)) {
		await copyFile(join(KEPT, name), join(userFolder, '.n8n', name));
	}
	return password;
}

/** Starts an n8n on an empty folder, stops it and keeps its database. @returns the owner's password */
async function makeDatabase(env: Record<string, string>): Promise<string> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-'));
	const [port, brokerPort] = await freePorts(2);
	const logFile = join(userFolder, 'n8n.log');
	const n8n = await startInstance({ userFolder, port, brokerPort, env, logFile });
	await signIn(n8n.url, temporaryPassword);
	await n8n.stop();
	const from = join(userFolder, '.n8n');
	await rm(KEPT, { recursive: true, force: true });
	await mkdir(KEPT, { recursive: true });
	for (const name of await databaseFiles(from)) await copyFile(join(from, name), join(KEPT, name));
	// last: without it the database counts as not made
	await writeFile(join(KEPT, 'password'), temporaryPassword);
	await rm(userFolder, { recursive: true, force: true });
	return temporaryPassword;
}

const databaseFiles = async (folder: string) =>
	(await readdir(folder)).filter((name) => name.startsWith('database.sqlite'));
