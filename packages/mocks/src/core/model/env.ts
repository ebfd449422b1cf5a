import type { Derive } from '../seed/derive.ts';
import type { Override } from './override.ts';

/** What a step may know of the world outside: the time, and randomness that a seed fixes. */
export interface Env {
  /** The present, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** 32 lower-case hexadecimal digits: always the same for the same seed and key. */
  readonly derive: Derive;
  /** What becomes of requests that depart from the contract. */
  readonly requests: RequestMode;
  /** Answers in the place of the machine, where somebody asked for that. */
  readonly override?: Override;
}

/**
 * What becomes of requests that depart from the contract: `strict` refuses them; `warn` performs them where that can
 * be done, and notes the departure in the journal; `off` performs them and says nothing.
 */
export type RequestMode = 'strict' | 'warn' | 'off';
