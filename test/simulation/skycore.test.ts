import { testsOf } from './testsOf';

/** Histories of sends with the model in providers/skycore.ts. */

testsOf('skycore');
