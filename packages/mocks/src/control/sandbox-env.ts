import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { ControlProblem } from './problem.ts';

export interface SandboxEnv {
  readonly Variables: { sandbox: Sandbox };
}

/** Returns the sandbox with an id, or the first sandbox if there is no id. */
export function findSandbox(sandboxes: Sandboxes, id: string | undefined): Sandbox {
  const found = id === undefined ? sandboxes.list()[0]?.sandbox : sandboxes.get(id);
  if (!found) throw new ControlProblem(404, 'There is no sandbox with this id.');
  return found;
}
