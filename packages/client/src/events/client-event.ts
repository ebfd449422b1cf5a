import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Operation } from '../contract/operation.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { callListener } from './call-listener.ts';

/** Properties that every event has: the call that the event belongs to. */
export interface EventOrigin {
  /** Number of the call within this client, from 1. Connects the events of one call. */
  readonly call: number;
  readonly operationId: OperationId;
  readonly method: string;
  /** Path of the contract, with `{name}` for each id. */
  readonly urlTemplate: string;
  /** Scheme, host and port of the server, such as `https://go-preproduction.signzy.app`. */
  readonly serverUrl: string;
}

/** Kind of a failure: its class, with its status or its code. */
export interface FailureKind {
  /** Name of the error's class, such as `TimeoutError`. `Error` if one of your own functions threw. */
  readonly error: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
}

/** Why the client logs in: it has no token yet, or the token is about to end, has ended, or was refused. */
export type LoginReason = 'first' | 'ageing' | 'ended' | 'refused';

/** What happened, without content of requests or responses. */
export type EventDetails =
  /** A call starts. */
  | { readonly type: 'start' }
  /** The client's own call of `loginPartner` starts. This call has the event `login` instead of `start`. */
  | { readonly type: 'login'; readonly reason: LoginReason }
  /** A request is about to be sent. The first attempt is 1. */
  | { readonly type: 'attempt'; readonly attempt: number }
  /** A response arrived, with any status. */
  | {
      readonly type: 'response';
      readonly attempt: number;
      readonly status: number;
      readonly durationMs: number;
      readonly requestId?: string | undefined;
    }
  /** The attempt failed. The next attempt follows after `waitMs` milliseconds. */
  | ({ readonly type: 'retry'; readonly attempt: number; readonly waitMs: number } & FailureKind)
  /** The outcome of the attempt was unknown, and `findMerchant` found its merchant. The call succeeds. */
  | ({ readonly type: 'found'; readonly attempt: number } & FailureKind)
  /** The merchant was created, but `onMerchantCreated` failed or took too long. The call succeeds. */
  | ({ readonly type: 'unreported' } & FailureKind)
  /** The call failed. */
  | ({ readonly type: 'error'; readonly attempts: number; readonly durationMs: number } & FailureKind);

/**
 * An event of the client, for logs, metrics and traces. Events are safe to ship unchanged: they contain operation names,
 * statuses, codes, times and request ids, but no ids of a path, no tokens, and no content of requests or responses.
 */
export type ClientEvent = EventOrigin & EventDetails;

/** Emits the events of one call. */
export type Emit = (details: EventDetails) => void;

/** Starts the events of a call. */
export type CreateEmit = (operation: Operation, url: string) => Emit;

/** Numbers the calls of a client, and hands their events to the listener. */
export function createEmitter(onEvent: ((event: ClientEvent) => unknown) | undefined): CreateEmit {
  let calls = 0;
  return ({ operationId, method, path: urlTemplate }, url) => {
    const call = ++calls;
    return (details) => {
      if (!onEvent) return;
      // The path of a server's URL can be a secret.
      const serverUrl = new URL(url).origin;
      void callListener(onEvent, { call, operationId, method, urlTemplate, serverUrl, ...details });
    };
  };
}

/** Events report an error that is no PartnerError only as `Error`: its name and message may contain personal data. */
export function failureKind(failure: unknown): FailureKind {
  if (!(failure instanceof PartnerError)) return { error: 'Error' };
  // Every PartnerError with a status or a code has it under these names.
  const { name, status, code } = failure as PartnerError & { status?: number; code?: string };
  return { error: name, status, code };
}
