/**
 * `npm run bench`: measures the performance, in n8n's engine and in n8n, compared with n8n's own
 * nodes and with minimal nodes (bench/package) in the same run, so that the ratios are comparable
 * across machines. It prints a table. Linux only.
 *
 * Arguments after `--`: `--write` updates docs/benchmarks.md, with
 * names of parts only those; `--full` adds runs with ten thousand
 * items (half an hour more); a number sets the number of rounds; `sending`, `tls`, `receiving` and
 * `alone` select parts. Settings of n8n in BENCH_SETTINGS, such as `NAME=value OTHER=value`, apply to
 * it in addition.
 */
import { runScript } from '../scripts/progress.mjs';
import { measure } from './bundle.mjs';

await runScript(async () => await measure('main.ts', process.argv.slice(2)));
