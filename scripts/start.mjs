/**
 * `npm start`: the sandbox and a real n8n with the nodes in it, credentials and example workflows
 * loaded. The first time it installs everything; after that it takes seconds. `npm run dev` does
 * the same, builds on every change and has the running n8n load the nodes again.
 *
 * SANDBOX_PORT and N8N_PORT choose other ports than 5690 and 5678.
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
import { startSandbox } from './sandboxProcess.mjs';

const sandboxPort = Number(process.env.SANDBOX_PORT ?? 5690);
const n8nPort = Number(process.env.N8N_PORT ?? 5678);
const userFolder = join(work, 'n8n');
const logs = join(work, 'logs');
const isDev = process.argv.includes('--dev');
const { name: packageName } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));

/** Example workflows that send, by the path of their Webhook, and a number to send to. */
const TO_TRY = [
	{ title: 'CDYNE', path: 'send-an-sms', to: '+1 757 555 0142' },
	{ title: 'Namirial', path: 'send-with-namirial', to: '+39 333 555 0100' },
	{ title: 'Wooxy', path: 'send-with-wooxy', to: '+372 5551 2345' },
	{ title: 'Skycore', path: 'send-with-skycore', to: '+1 757 555 0142' },
];

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
		const password = await ownPassword();
		const session = await signIn(n8n.url, password);
		const examples = await step('Loading credentials and example workflows', () =>
			loadExamples(session, {
				folder: join(project, 'examples'),
				sandboxUrl: sandbox.url,
				webhookBase: n8n.url,
				remembered: join(userFolder, 'loaded.json'),
			}),
		);
		tellWhatToTry(sandbox.url, n8n.url, password, examples);
		if (isDev) followChanges();
	} catch (error) {
		// whatever failed because it was being stopped is no failure
		if (stopping) return;
		await stopAll();
		if (error instanceof PlainError) throw error;
		throw new PlainError(`${error.message}\nThe logs are in ${logs}.`);
	}
}

/** Builds on every change, into the folder that n8n watches. */
function followChanges() {
	const gulp = join(project, 'node_modules/gulp/bin/gulp.js');
	const folder = installedIn(userFolder, packageName);
	const watching = spawn(process.execPath, [gulp, 'dev', '--silent', '--into', folder], {
		cwd: project,
		stdio: 'inherit',
	});
	toStop.push({ stop: async () => watching.kill() });
	console.log('\nEvery change of nodes/ and credentials/ is built, and n8n loads it again.');
}

async function requireFreePorts() {
	for (const [port, name, variable] of [
		[sandboxPort, 'sandbox', 'SANDBOX_PORT'],
		[n8nPort, 'n8n', 'N8N_PORT'],
	]) {
		if (await isFree(port)) continue;
		throw new PlainError(
			`Port ${port}, which the ${name} needs, is in use. Stop what uses it, ` +
				`or choose another: ${variable}=${port + 1} npm start`,
		);
	}
}

async function runSandbox() {
	const sandbox = await startSandbox({ port: sandboxPort, logFile: join(logs, 'sandbox.log') });
	toStop.push(sandbox);
	watch('The sandbox', sandbox.ended, sandbox.lastWords);
	return sandbox;
}

/** The owner's password, made the first time; nobody else on this machine can read it. */
async function ownPassword() {
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
	// the database and the key to the credentials are in there
	await mkdir(userFolder, { recursive: true, mode: 0o700 });
	await chmod(userFolder, 0o700);
	await installIntoN8n([tarball], userFolder);
	const logFile = join(logs, 'n8n.log');
	await rm(logFile, { force: true });
	const [brokerPort] = await freePorts(1);
	const env = isDev ? { N8N_DEV_RELOAD: 'true' } : {};
	const n8n = await startInstance({ userFolder, port: n8nPort, brokerPort, logFile, env });
	toStop.push(n8n);
	watch('n8n', n8n.ended, n8n.lastWords);
	return n8n;
}

/** When one of the two ends by itself, everything ends, and says why. */
function watch(name, ended, lastWords) {
	void ended.then(async () => {
		if (stopping) return;
		console.error(`\n${lastWords()}\n\n${name} ended by itself. Its log is in ${logs}.`);
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

function tellWhatToTry(sandboxUrl, n8nUrl, password, examples) {
	const addresses = examples.flatMap(({ webhooks }) => webhooks);
	// a workflow that somebody has changed or unpublished is not there
	const lines = TO_TRY.flatMap(({ title, path, to }) => {
		const url = addresses.find((address) => address.endsWith(`/webhook/${path}`));
		if (!url) return [];
		const body = JSON.stringify({ to, message: `Hello from ${title}` });
		return `  ${title}\n  curl ${url} -H 'content-type: application/json' -d '${body}'\n`;
	});
	console.log(`
  Handset page   ${sandboxUrl}/
  n8n editor     ${n8nUrl}/
  Login          ${localOwner.email}   ${password}

Workflows that are published; open one and read its note, those with a star first:
${examples.map(({ name, tryFirst }) => `${tryFirst ? '*' : ' '} ${name}`).join('\n')}

Or send from here, and watch the SMS arrive on the handset page:

${lines.join('\n')}
Then answer on the handset page (CDYNE and Skycore), and see under Executions in n8n what came of it.
Ctrl-C stops everything.`);
}
