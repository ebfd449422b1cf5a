export interface Finding {
  readonly level: 'ok' | 'warning' | 'failure';
  /** What was found and, for a warning or failure, what to do. */
  readonly message: string;
}

export const ok = (message: string): Finding => ({ level: 'ok', message });
export const warning = (message: string): Finding => ({ level: 'warning', message });
export const failure = (message: string): Finding => ({ level: 'failure', message });

/** A check that throws is a failure, and the other checks still run. */
export async function findingOf(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return failure(`cannot be checked: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}
