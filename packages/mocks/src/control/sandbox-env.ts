import type { Sandbox } from '../sandbox/sandbox.ts';

/** What the routes of one sandbox find in their context. */
export interface SandboxEnv {
  readonly Variables: { sandbox: Sandbox };
}
