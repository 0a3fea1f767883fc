/**
 * `npm run bench:soak [-- minutes]`: runs sends, postbacks and waits at a steady rate in n8n, and
 * measures its memory. Linux only.
 */
import { runScript } from '../scripts/progress.mjs';
import { measure } from './bundle.mjs';

await runScript(async () => await measure('soak.ts', process.argv.slice(2)));
