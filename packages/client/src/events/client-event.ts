import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { PartnerError } from '../errors/partner-error.ts';
import type { LoginReason } from '../login/session.ts';

/** What every event says of the call that it belongs to. */
export interface EventOrigin {
  /** Counts the calls of this client; ties the events of one call together. */
  readonly call: number;
  readonly operationId: OperationId;
  readonly method: string;
  /** The path of the contract, with `{name}` in the place of each id. */
  readonly urlTemplate: string;
  /** Address of the server, such as `https://go-preproduction.signzy.app`. */
  readonly serverUrl: string;
}

/** Of what kind a failure is: its class, and the status or the code that it has. */
export interface FailureKind {
  /** Name of the error's class, such as `TimeoutError`; `Error` for one that a function of yours threw. */
  readonly error: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
}

/** What happened, with nothing in it of what was sent or answered. */
export type Happening =
  /** A call begins. A `login` is the client's own call of `loginPartner`, and begins with that instead. */
  | { readonly type: 'start' }
  | { readonly type: 'login'; readonly reason: LoginReason }
  /** A request is about to be sent. The first attempt is 1. */
  | { readonly type: 'attempt'; readonly attempt: number }
  /** An answer came, whatever its status. */
  | {
      readonly type: 'response';
      readonly attempt: number;
      readonly status: number;
      readonly durationMs: number;
      readonly requestId?: string | undefined;
    }
  /** The attempt failed, and there will be another after `waitMs` milliseconds. */
  | ({ readonly type: 'retry'; readonly attempt: number; readonly waitMs: number } & FailureKind)
  /** The attempt had an unclear outcome, and `findMerchant` found what it had created. The call succeeds with that. */
  | ({ readonly type: 'found'; readonly attempt: number } & FailureKind)
  /** The call failed. */
  | ({ readonly type: 'error'; readonly attempts: number; readonly durationMs: number } & FailureKind);

/**
 * Something that the client did, for logs, metrics and traces. Safe to ship as it is: it holds names of operations,
 * statuses, codes and times, and no id, no token and no word of a request or an answer.
 */
export type ClientEvent = EventOrigin & Happening;

/** The kind of anything that was thrown. Of what is not ours nothing is told: it may hold anything. */
export function failureKind(failure: unknown): FailureKind {
  if (!(failure instanceof PartnerError)) return { error: 'Error' };
  // Those of the family that have a status or a code have it under these names.
  const { name, status, code } = failure as PartnerError & { status?: number; code?: string };
  return { error: name, status, code };
}
