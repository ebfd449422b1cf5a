import { isRepeatable, type Operation } from '../contract/operation.ts';
import { AbortedError } from '../errors/network-errors.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { type CallInfo, PartnerError } from '../errors/partner-error.ts';
import { AuthenticationError } from '../errors/status-errors.ts';
import { type Emit, failureKind } from '../events/client-event.ts';
import type { HttpResult } from '../http/http-result.ts';
import type { OutgoingRequest } from '../http/outgoing-request.ts';
import { readError } from '../http/read-error.ts';
import { type AttemptLimits, sendRequest } from '../http/send-request.ts';
import type { TokenSource } from '../login/token-source.ts';
import {
  mayHaveBeenApplied,
  mayStillBeInFlight,
  type RetryLimits,
  retryDelay,
} from '../retry/retry-policy.ts';
import { sleep, untilAborted } from '../timing/until-aborted.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import type { ClientContext, Reconciliation } from './client-context.ts';

/** One call in progress. */
interface PendingCall extends AttemptLimits {
  readonly operation: Operation;
  readonly request: OutgoingRequest;
  /** Missing if the operation needs no token. */
  readonly tokenSource: TokenSource | undefined;
  readonly retryLimits: RetryLimits;
  readonly reconciliation: Reconciliation | undefined;
  /** Missing if nobody listens. */
  readonly emit: Emit | undefined;
}

/**
 * Sends an operation until it succeeds. After a 401 it is sent once more with a new token; after other failures the
 * retry policy decides. A write is repeated only if it was certainly not applied.
 *
 * @throws PartnerError
 */
export async function sendOperation(context: ClientContext, call: PendingCall): Promise<HttpResult> {
  const { operation, tokenSource, retryLimits, signal, reconciliation, emit } = call;
  const { operationId } = operation;
  const startedAt = performance.now();
  let mayRenewToken = tokenSource?.discard !== undefined;

  for (let attempts = 1; ; attempts += 1) {
    const info = { operationId, attempts };
    const outcome = await tryOnce(context, call, info);
    if ('ok' in outcome) return outcome;

    const { failure, phase, token } = outcome;
    if (mayRenewToken && failure instanceof AuthenticationError && token !== undefined) {
      // A 401 was not applied, so even a create can be sent again.
      mayRenewToken = false;
      tokenSource?.discard?.(token);
      emit?.({ type: 'retry', attempt: attempts, waitMs: 0, ...failureKind(failure) });
      continue;
    }

    const unknown =
      phase === 'request' && !isRepeatable(operation) && mayHaveBeenApplied(failure)
        ? new OutcomeUnknownError(info, failure, reconciliation?.reference)
        : undefined;
    const found = unknown && (await reconcile(call, unknown));
    if (found) {
      emit?.({ type: 'found', attempt: attempts, ...failureKind(failure) });
      return found;
    }

    const loginBackoffMs = phase === 'login' ? (tokenSource?.backoffMs?.() ?? 0) : 0;
    const elapsedMs = performance.now() - startedAt;
    const waitMs = retryDelay(failure, { attempts, elapsedMs, loginBackoffMs }, retryLimits, Math.random());
    if (waitMs === undefined) throw unknown ?? failure;
    emit?.({ type: 'retry', attempt: attempts, waitMs, ...failureKind(failure) });
    await sleep(waitMs, signal).catch(() => {
      throw new AbortedError(info);
    });
  }
}

interface Failure {
  readonly failure: PartnerError;
  /** Whether the login before the request failed, or the request itself. */
  readonly phase: 'login' | 'request';
  readonly token: string | undefined;
}

/** Makes one attempt with the current token. Errors that are not a PartnerError are thrown and end the call. */
async function tryOnce(
  { fetch, guard }: ClientContext,
  call: PendingCall,
  info: CallInfo,
): Promise<HttpResult | Failure> {
  const { request, tokenSource, signal, emit } = call;
  const { attempts: attempt } = info;
  let phase: Failure['phase'] = 'login';
  let token: string | undefined;
  try {
    if (tokenSource)
      token = await untilAborted(signal, () => tokenSource.token({ ...info, timeoutMs: call.timeoutMs }));
    phase = 'request';
    emit?.({ type: 'attempt', attempt });
    const sentAt = performance.now();
    const result = await sendRequest(fetch, request, token, call, info);
    const { ok, status, requestId } = result;
    emit?.({ type: 'response', attempt, status, durationMs: performance.now() - sentAt, requestId });
    if (!ok) throw readError(info, result);
    guard?.response(info, result.body);
    return result;
  } catch (failure) {
    if (failure instanceof PartnerError) return { failure, phase, token };
    // The signal was aborted before the request was sent, so nothing was changed.
    throw signal?.aborted ? new AbortedError(info) : failure;
  }
}

/**
 * Finds out what became of a request whose outcome is unknown.
 *
 * @returns What the request created, or `undefined` if it certainly created nothing and can be sent again.
 * @throws OutcomeUnknownError if the outcome remains unknown.
 */
async function reconcile(
  { reconciliation, signal, timeoutMs }: PendingCall,
  unknown: OutcomeUnknownError,
): Promise<HttpResult | undefined> {
  const find = reconciliation?.find;
  try {
    if (!find) throw unknown;
    // If the caller's signal ended the attempt, nothing is looked up.
    const body = await untilAborted(signal, () => withTimeLimit(timeoutMs, () => unknown, find));
    if (body) return { ok: true, status: 200, headers: new Headers(), body };
    if (mayStillBeInFlight(unknown.failure)) throw unknown;
    return undefined;
  } catch {
    throw unknown;
  }
}
