/**
 * `npm run test:chaos`: kills n8n processes every few seconds while they send 2,500 texts and
 * receive 1,000 postbacks. CHAOS_SEED repeats the order of an earlier run; CHAOS_SIZE=0.1 runs a
 * tenth of it.
 */
process.env.CHAOS_SIZE ??= '1';
process.argv.push('test/n8n/chaos.test');
await import('./test-n8n.mjs');
