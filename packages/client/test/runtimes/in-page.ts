import { runChecks } from './run-checks.ts';

/** What the page calls. */
Object.assign(globalThis, { runChecks });
