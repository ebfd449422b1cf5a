export interface Finding {
  readonly level: 'ok' | 'warning' | 'failure';
  /** What was found and, for a warning or failure, what to do. */
  readonly message: string;
}

export const ok = (message: string): Finding => ({ level: 'ok', message });
export const warning = (message: string): Finding => ({ level: 'warning', message });
export const failure = (message: string): Finding => ({ level: 'failure', message });
