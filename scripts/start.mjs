/**
 * `npm start`: starts the sandbox and n8n with the nodes, credentials and example workflows. The
 * first run installs everything; later runs take seconds. `npm run dev` also rebuilds the nodes on
 * every change, and n8n reloads them.
 *
 * SANDBOX_PORT and N8N_PORT set other ports than 5690 and 5678.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { loadExamples } from '../sandbox/n8n/examples.mjs';
import { freePorts, isFree, startInstance } from '../sandbox/n8n/instance.mjs';
import { installedIn, installIntoN8n, listAsInstalled } from '../sandbox/n8n/package.mjs';
import { localOwner, newPassword, signIn } from '../sandbox/n8n/rest.mjs';
import { buildAndPack } from './build.mjs';
import { endCommands, project, work } from './command.mjs';
import { installAll } from './install.mjs';
import { PlainError, runScript, step } from './progress.mjs';
import { PROVIDERS } from './providers.mjs';
import { startSandbox } from './sandboxProcess.mjs';

const sandboxPort = Number(process.env.SANDBOX_PORT ?? 5690);
const n8nPort = Number(process.env.N8N_PORT ?? 5678);
const userFolder = join(work, 'n8n');
const logs = join(work, 'logs');
const isDev = process.argv.includes('--dev');
const { name: packageName } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));

const toStop = [];
let stopping = false;

await runScript(start);

async function start() {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
	try {
		await requireFreePorts();
		await installAll();
		const tarball = await buildAndPack();
		await mkdir(logs, { recursive: true });
		const sandbox = await step('Starting the sandbox', runSandbox);
		const n8n = await step('Starting n8n', () => startN8n(tarball));
		await listAsInstalled(packageName, userFolder);
		const password = await ownerPassword();
		const session = await signIn(n8n.url, password);
		const examples = await step('Loading credentials and example workflows', () =>
			loadExamples(session, {
				folder: join(project, 'examples'),
				sandboxUrl: sandbox.url,
				webhookBase: n8n.url,
				remembered: join(userFolder, 'loaded.json'),
			}),
		);
		printOverview(sandbox.url, n8n.url, password, examples);
		if (isDev) watchSources();
	} catch (error) {
		// an error caused by stopping is not a failure
		if (stopping) return;
		await stopAll();
		if (error instanceof PlainError) throw error;
		throw new PlainError(`${error.message}\nThe logs are in ${logs}.`);
	}
}

/** Rebuilds on every change, into the folder that n8n watches. */
function watchSources() {
	const gulp = join(project, 'node_modules/gulp/bin/gulp.js');
	const folder = installedIn(userFolder, packageName);
	const gulpProcess = spawn(process.execPath, [gulp, 'dev', '--silent', '--into', folder], {
		cwd: project,
		stdio: 'inherit',
	});
	toStop.push({ stop: async () => gulpProcess.kill() });
	console.log('\nChanges in nodes/ and credentials/ are built, and n8n reloads them.');
}

async function requireFreePorts() {
	for (const [port, name, variable] of [
		[sandboxPort, 'the sandbox', 'SANDBOX_PORT'],
		[n8nPort, 'n8n', 'N8N_PORT'],
	]) {
		if (await isFree(port)) continue;
		throw new PlainError(
			`Port ${port} for ${name} is in use. Stop the program that uses it, ` +
				`or choose another port: ${variable}=${port + 1} npm start`,
		);
	}
}

async function runSandbox() {
	const sandbox = await startSandbox({ port: sandboxPort, logFile: join(logs, 'sandbox.log') });
	toStop.push(sandbox);
	watch('The sandbox', sandbox.ended, sandbox.lastOutput);
	return sandbox;
}

/**
 * Returns the owner's password, created on the first run in a file that only this user can read.
 */
async function ownerPassword() {
	const file = join(userFolder, 'owner-password');
	try {
		return (await readFile(file, 'utf8')).trim();
	} catch {
		const password = newPassword();
		await writeFile(file, `${password}\n`, { mode: 0o600 });
		return password;
	}
}

async function startN8n(tarball) {
	// it contains the database and the encryption key of the credentials
	await mkdir(userFolder, { recursive: true, mode: 0o700 });
	await chmod(userFolder, 0o700);
	await installIntoN8n([tarball], userFolder);
	const logFile = join(logs, 'n8n.log');
	await rm(logFile, { force: true });
	const [brokerPort] = await freePorts(1);
	const env = isDev ? { N8N_DEV_RELOAD: 'true' } : {};
	const n8n = await startInstance({ userFolder, port: n8nPort, brokerPort, logFile, env });
	toStop.push(n8n);
	watch('n8n', n8n.ended, n8n.lastOutput);
	return n8n;
}

/** Stops everything if a process ends unexpectedly, and prints the end of its output. */
function watch(name, ended, lastOutput) {
	void ended.then(async () => {
		if (stopping) return;
		console.error(`\n${lastOutput()}\n\n${name} ended unexpectedly. Its log is in ${logs}.`);
		await stop(1);
	});
}

async function stopAll() {
	stopping = true;
	endCommands();
	await Promise.all(toStop.map((running) => running.stop()));
}

async function stop(exitCode) {
	if (stopping) return;
	console.log('\nStopping ...');
	await stopAll();
	process.exit(exitCode);
}

function printOverview(sandboxUrl, n8nUrl, password, examples) {
	const addresses = examples.flatMap(({ webhooks }) => webhooks);
	// a workflow that was changed or unpublished may be missing
	const lines = PROVIDERS.flatMap(({ title, example: { webhook, to } }) => {
		const url = addresses.find((address) => address.endsWith(`/webhook/${webhook}`));
		if (!url) return [];
		const body = JSON.stringify({ to, message: `Hello from ${title}` });
		return `  ${title}\n  curl ${url} -H 'content-type: application/json' -d '${body}'\n`;
	});
	console.log(`
  Handset page   ${sandboxUrl}/
  n8n editor     ${n8nUrl}/
  Login          ${localOwner.email}   ${password}

Published workflows (open one and read its note; start with those marked *):
${examples.map(({ name, tryFirst }) => `${tryFirst ? '*' : ' '} ${name}`).join('\n')}

Or send an SMS from here, and see it on the handset page:

${lines.join('\n')}
Then reply on the handset page (CDYNE and Skycore), and see the result under Executions in n8n.
Ctrl-C stops everything.`);
}
