/** `npm run samples`: has the test that holds docs/samples.md against the nodes write that page. */
import { node } from './command.mjs';
import { installProject } from './install.mjs';
import { runScript } from './progress.mjs';

await runScript(async () => {
	await installProject();
	await node('jest/bin/jest.js', ['test/samples'], { env: { WRITE_PAGES: 'yes' } });
});
