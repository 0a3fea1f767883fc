/**
 * Runs a tool for building or checking, and installs it if it is missing: `tool.mjs <file>
 * <arguments>`.
 */
import { CommandFailed, node } from './command.mjs';
import { installProject } from './install.mjs';
import { PlainError, runScript } from './progress.mjs';

await runScript(async () => {
	const [tool, ...rest] = process.argv.slice(2);
	await installProject();
	await node(tool, rest, { show: true }).catch((error) => {
		if (!(error instanceof CommandFailed)) throw error;
		// the tool has already printed its errors
		throw new PlainError(`Failed: ${tool.split('/').at(-1)} ${rest.join(' ')}`);
	});
});
