/**
 * Refuses an old runtime with the sentence of the command, instead of an error about what the runtime lacks.
 *
 * @throws Error that names the needed versions of Node.
 */
export function assertRuntime(): void {
  // Not the version: other runtimes and browsers have no version of Node.
  if (typeof Map.groupBy === 'function') return;
  throw new Error(
    'The sandbox needs Node 22 from 22.22.3 on, or Node 24.15 or newer: this runtime has no Map.groupBy. Install one of them.',
  );
}
