import { testsOf } from './testsOf';

/** Histories of sends with the model in providers/wooxy.ts. */

testsOf('wooxy');
