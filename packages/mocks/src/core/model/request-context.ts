import type { ApiRequest } from './command.ts';
import type { Env } from './env.ts';
import type { State } from './state.ts';

/** A request, with the state and the environment in which it is handled. */
export interface RequestContext {
  readonly state: State;
  readonly request: ApiRequest;
  readonly env: Env;
}
