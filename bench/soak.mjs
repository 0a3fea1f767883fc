/**
 * `npm run bench:soak [-- minutes]`: sends, postbacks and waits at a steady rate in a real n8n, and
 * what memory it holds from minute to minute. Linux only.
 */
import { runScript } from '../scripts/progress.mjs';
import { measure } from './bundle.mjs';

await runScript(async () => await measure('soak.ts', process.argv.slice(2)));
