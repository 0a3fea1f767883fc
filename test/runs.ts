/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */

/** The number of inputs per property: few in `npm test`, many in `npm run test:fuzz`. */
export const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 1_000) };
