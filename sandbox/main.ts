/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a local server, not a node */
import { startSandbox } from './index';

const DEFAULT_PORT = 5690;

/** Runs the sandbox as a program: `npm run sandbox`. */
async function main(): Promise<void> {
	const port = Number(process.env.SANDBOX_PORT ?? DEFAULT_PORT);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`SANDBOX_PORT is "${process.env.SANDBOX_PORT}", which is not a port number.`);
	}
	const sandbox = await startSandbox({ port });
	const lines = [
		`Handset      ${sandbox.url}/`,
		`Control API  ${sandbox.url}/control/state`,
		...[...sandbox.simulators.values()].map(
			({ name, title }) => `${title.padEnd(18)} ${sandbox.url}/${name}`,
		),
	];
	process.stdout.write(`${lines.join('\n')}\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
}

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
	const message =
		error.code === 'EADDRINUSE'
			? `Port ${error.port} is in use. Stop the program that uses it, or set SANDBOX_PORT to another port.`
			: error.message;
	process.stderr.write(`${message}\n`);
	process.exit(1);
});
