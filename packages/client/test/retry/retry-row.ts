/** What happens to one attempt. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: RetryAfter;
      readonly body?: unknown;
    }
  /** Nothing is sent: the port is closed, the name has no address, or the server has no trusted certificate. */
  | { readonly kind: Unsent }
  /** The request arrives. The connection ends before the headers of the response, or within its body. */
  | { readonly kind: 'hang-up before headers' | 'hang-up within body' }
  /** The request arrives, but no response follows. */
  | { readonly kind: 'no response' }
  /** The response arrives, and then the caller's own `fetch` fails to connect to another server. */
  | { readonly kind: 'own fetch fails' };

/** What keeps a request from being sent. */
export const unsent = ['connection refused', 'name not found', 'no TLS', 'untrusted certificate'] as const;

type Unsent = (typeof unsent)[number];

/** Value of the header, or the number of seconds from now to an HTTP date. */
export type RetryAfter = string | { readonly dateInSeconds: number };

export interface RetryRow {
  readonly name: string;
  /** A GET that can be repeated, or a POST that creates something and must not do so twice. */
  readonly call: 'read' | 'write';
  /** Faults of the attempts, in order. Later attempts succeed. */
  readonly faults: readonly Fault[];
  /** When the caller's signal is aborted. */
  readonly abort?: 'before the call' | 'during an attempt' | 'before the next attempt';
  /** Settings that differ from three attempts, a budget of a minute, and half a minute of `Retry-After`. */
  readonly limits?: { readonly maxAttempts?: number; readonly budgetMs?: number };
  /** Number of attempts, including those that do not reach the server. */
  readonly attempts: number;
  /** `unknown`: the caller must learn that the call may or may not have been applied. `failure`: it was not applied. */
  readonly ends: 'success' | 'failure' | 'unknown' | 'aborted';
  /** Shortest delay before the second attempt, in milliseconds. */
  readonly minDelayMs?: number;
  /** Delay that the error reports, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Whether an attempt with this fault reaches the server. */
export function arrives({ kind }: Fault): boolean {
  return !unsent.some((each) => each === kind);
}
