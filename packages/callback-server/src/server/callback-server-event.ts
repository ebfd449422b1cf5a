import type { Route, Settlement } from '../callback/delivery.ts';
import type { Verdict } from '../callback/validate-callback.ts';
import type { Refusal } from '../receiver/responses.ts';

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
  /** A callback was not taken, for one reason or, where it failed on several factors, for each of them. */
  | { readonly type: 'refused'; readonly reasons: readonly Refusal[]; readonly status: number }
  | ({
      readonly type: 'attempt';
      readonly callbackId: string;
      readonly route: Route;
      readonly attempt: number;
    } & Settlement)
  /** The clock has jumped against the one that only runs on. */
  | { readonly type: 'clock-jump'; readonly milliseconds: number }
  /** A fault of ours. What the provider sent was answered with 503. */
  | { readonly type: 'fault'; readonly name: string; readonly code?: string }
  /** Nobody can know any more what is on disk. The process is to end: only a new start can tell. */
  | { readonly type: 'fatal'; readonly name: string; readonly code?: string };
