/**
 * `npm run bench`: measures what is claimed about speed, each time against something in the same
 * run, so that the ratios mean the same on every machine: in n8n's engine alone, and in a real n8n
 * beside n8n's own nodes and the least ones that could do the same (bench/package). Prints a table.
 *
 * Behind `--`: `--write` makes docs/benchmarks.md of it, `--full` adds ten thousand items (half an hour more); a
 * number is that of the rounds; `sending`, `tls`, `receiving` and `alone` are parts of it. Linux only.
 */
import { runScript } from '../scripts/progress.mjs';
import { measure } from './bundle.mjs';

await runScript(async () => await measure('main.ts', process.argv.slice(2)));
