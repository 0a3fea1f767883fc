/** `npm run samples`: runs the test of docs/samples.md in the mode that writes the page. */
import { node } from './command.mjs';
import { installProject } from './install.mjs';
import { runScript } from './progress.mjs';

await runScript(async () => {
	await installProject();
	await node('jest/bin/jest.js', ['test/samples'], { env: { WRITE_PAGES: 'yes' } });
});
