import type { Derive } from '../seed/derive.ts';
import type { ApiRequest } from './command.ts';
import type { Override } from './override.ts';
import type { State } from './state.ts';

/** Everything that a step knows about the outside world. */
export interface Env {
  /** The present, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** Randomness that the seed fixes. */
  readonly derive: Derive;
  readonly requests: RequestMode;
  /** Responds in place of the machine. */
  readonly override?: Override;
}

/** A request, with the state and the environment in which it is handled. */
export interface RequestContext {
  readonly state: State;
  readonly request: ApiRequest;
  readonly env: Env;
}

/**
 * What happens to requests that violate the contract: `strict` rejects them; `warn` performs them where possible and
 * records the violations in the journal; `off` performs them without a record.
 */
export type RequestMode = 'strict' | 'warn' | 'off';
