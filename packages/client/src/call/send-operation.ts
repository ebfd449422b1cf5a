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
import { type RetryLimits, retryDelay, unknownReason } from '../retry/retry-policy.ts';
import { sleep, untilAborted } from '../timing/until-aborted.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import type { ClientContext } from './client-context.ts';

/** One call in progress. */
interface PendingCall extends AttemptLimits {
  readonly operation: Operation;
  readonly request: OutgoingRequest;
  /** Missing if the operation needs no token. */
  readonly tokenSource: TokenSource | undefined;
  readonly retryLimits: RetryLimits;
  /** The caller's own reference of what the request creates. Empty if there is none. */
  readonly reference: string;
  /** Missing if nobody listens. */
  readonly emit: Emit | undefined;
}

/** One attempt of a call, as far as it has come. */
interface Attempt extends CallInfo {
  /** Empty until there is one. */
  token: string;
  wasSent: boolean;
}

/**
 * Sends an operation until it succeeds. After a 401 it is sent once more with a new token; after other failures the
 * retry policy decides. A write is repeated only if it was certainly not applied.
 *
 * @throws PartnerError
 */
export async function sendOperation(context: ClientContext, call: PendingCall): Promise<HttpResult> {
  const { operation, tokenSource, timeoutMs, retryLimits, signal, reference, emit } = call;
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  let discard = tokenSource?.discard;
  let last: PartnerError | undefined;

  for (let attempts = 1; ; attempts += 1) {
    const attempt: Attempt = { operationId: operation.operationId, attempts, token: '', wasSent: false };
    try {
      if (tokenSource)
        attempt.token = await untilAborted(signal, () => tokenSource.token({ ...attempt, timeoutMs }));
      // A slow login can end after the budget. Without a budget, only the attempt after a 401 follows the first.
      if (last && retryLimits.budgetMs && elapsedMs() > retryLimits.budgetMs) throw last;
      return await sendOnce(context, call, attempt);
    } catch (failure) {
      // If the signal was aborted before the request was sent, nothing was changed.
      if (!(failure instanceof PartnerError)) throw signal?.aborted ? new AbortedError(attempt) : failure;
      last = failure;
      const { token, wasSent } = attempt;
      const reason = wasSent && !isRepeatable(operation) && unknownReason(failure);
      const unknown = reason && new OutcomeUnknownError(attempt, reason, failure, reference || undefined);
      const found = unknown && (await reconcile(context, call, unknown, elapsedMs));
      if (found) {
        emit?.({ type: 'found', attempt: attempts, ...failureKind(failure) });
        return found;
      }

      let waitMs: number | undefined = 0;
      if (discard && failure instanceof AuthenticationError) {
        // A 401 was not applied, so even a create can be sent again.
        discard(token);
        discard = undefined;
      } else {
        const loginBackoffMs = (!wasSent && tokenSource?.backoffMs?.()) || 0;
        waitMs = retryDelay(failure, attempts, elapsedMs(), loginBackoffMs, retryLimits, Math.random());
      }
      if (waitMs === undefined) throw unknown || failure;
      emit?.({ type: 'retry', attempt: attempts, waitMs, ...failureKind(failure) });
      await sleep(waitMs, signal).catch(() => {
        throw new AbortedError(attempt);
      });
    }
  }
}

/** @throws PartnerError, or an error of a function of the caller's. */
async function sendOnce(context: ClientContext, call: PendingCall, attempt: Attempt): Promise<HttpResult> {
  const { emit } = call;
  const { attempts } = attempt;
  attempt.wasSent = true;
  emit?.({ type: 'attempt', attempt: attempts });
  const sentAt = performance.now();
  const result = await sendRequest(context, call.request, attempt.token, call, attempt);
  emit?.({
    type: 'response',
    attempt: attempts,
    status: result.status,
    durationMs: performance.now() - sentAt,
    requestId: result.requestId,
  });
  if (!result.ok) throw readError(attempt, result);
  context.guard?.response(attempt, result.body);
  return result;
}

/**
 * Finds out what became of a request whose outcome is unknown. "Not found" is believed only when the provider cannot be
 * working on the request any more. Until then the question is repeated, within the budget.
 *
 * @returns What the request created, or `undefined` if it certainly created nothing and can be sent again.
 * @throws OutcomeUnknownError if the outcome remains unknown.
 */
async function reconcile(
  { findMerchant }: ClientContext,
  { reference, retryLimits, signal, timeoutMs }: PendingCall,
  unknown: OutcomeUnknownError,
  elapsedMs: () => number,
): Promise<HttpResult | undefined> {
  const settledMs = elapsedMs() + retryLimits.maxProcessingMs;
  try {
    for (let delayMs = 250; findMerchant && reference; delayMs = Math.min(8000, 2 * delayMs)) {
      // If the caller's signal ended the attempt, nothing is looked up.
      signal?.throwIfAborted();
      const askedMs = elapsedMs();
      const body = await withTimeLimit(
        timeoutMs,
        () => unknown,
        async () => findMerchant(reference),
        signal,
      );
      if (body) return { ok: true, status: 200, headers: new Headers(), body };
      if (askedMs >= settledMs) return undefined;
      const waitMs = Math.min(delayMs, settledMs - askedMs);
      // A call without retries asks once.
      if (retryLimits.maxAttempts < 2 || elapsedMs() + waitMs > retryLimits.budgetMs) break;
      await sleep(waitMs, signal);
    }
  } catch {}
  throw unknown;
}
