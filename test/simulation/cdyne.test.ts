import { testsOf } from './testsOf';

/** Histories of sends with the model in providers/cdyne.ts. */

testsOf('cdyne');
