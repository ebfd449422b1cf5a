import type { Route, Settlement } from './store/callback-store.ts';
import type { Verdict } from './verdict/judge.ts';

/** Something to log. Holds no secret and nobody's data. */
export type CallbackServerEvent =
  | {
      readonly type: 'kept';
      readonly callbackId: string;
      readonly event: string;
      readonly verdict: Verdict;
      /** False for a repeat. */
      readonly isNew: boolean;
    }
  | ({
      readonly type: 'attempt';
      readonly callbackId: string;
      readonly route: Route;
      readonly attempt: number;
    } & Settlement)
  /** A fault of ours. What the provider sent was answered with 503. */
  | { readonly type: 'fault'; readonly name: string; readonly code?: string };
