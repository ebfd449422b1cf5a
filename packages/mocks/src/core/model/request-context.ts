import type { ApiRequest } from './command.ts';
import type { Env } from './env.ts';
import type { State } from './state.ts';

/** A request, and what it meets. */
export interface RequestContext {
  readonly state: State;
  readonly request: ApiRequest;
  readonly env: Env;
}
