import { testsOf } from './testsOf';

/** Histories of sends with the model in providers/namirial.ts. */

testsOf('namirial');
