import type { Effect } from './command.ts';
import type { State } from './state.ts';

/** What handling a command changes. */
export interface Change {
  readonly state?: State;
  readonly effects?: readonly Effect[];
}
