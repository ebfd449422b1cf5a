import { isRepeatable, type Operation } from '../contract/operation.ts';
import { AbortedError } from '../errors/network-errors.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { type CallInfo, PartnerError } from '../errors/partner-error.ts';
import { AuthenticationError } from '../errors/status-errors.ts';
import { type Emit, failureKind } from '../events/client-event.ts';
import type { HttpResult } from '../http/http-result.ts';
import { readError } from '../http/read-error.ts';
import { type PendingRequest, sendRequest } from '../http/send-request.ts';
import { currentValue, type TokenSource } from '../login/token-source.ts';
import { retryDelay, unknownReason } from '../retry/retry-policy.ts';
import { sleep, withTimeLimit } from '../timing/with-time-limit.ts';
import type { ClientContext } from './client-context.ts';
import { isResult } from './is-result.ts';

/** One call in progress. */
export interface PendingCall extends ClientContext, PendingRequest {
  readonly operation: Operation;
  /** Missing if the operation needs no token. */
  readonly tokenSource: TokenSource | undefined;
  /** The caller's own reference of the merchant that the request creates. */
  readonly signzyAppId: string | undefined;
  readonly emit: Emit;
  /** Time since the start of the call. */
  elapsedMs(): number;
}

/**
 * Sends an operation until it succeeds. After a 401 the client sends the operation once more, with another token. If that
 * token came from another process and also gets a 401, the client sends the operation one last time. After other failures
 * the retry policy decides. The client repeats a write only if the provider has certainly not applied it.
 *
 * @throws PartnerError if the operation does not succeed.
 */
export async function sendOperation(call: PendingCall): Promise<HttpResult> {
  const { guard, operation, tokenSource, retry, signal, emit, elapsedMs } = call;
  let discards = 0;
  let last: PartnerError | undefined;

  for (let attempts = 1; ; attempts += 1) {
    const attempt: CallInfo = { operationId: operation.operationId, attempts };
    let token = '';
    let wasSent = false;
    try {
      token = (await tokenSource?.token(attempt, call)) ?? '';
      const body = await currentValue<string | ArrayBuffer | undefined>(call.request.body, attempt, call);
      // A slow login can end after the budget. Without a budget, only the attempt after a 401 follows the first.
      if (last && retry.budgetMs && elapsedMs() > retry.budgetMs) throw last;
      emit({ type: 'attempt', attempt: attempts });
      signal?.throwIfAborted();
      wasSent = true;
      const sentMs = elapsedMs();
      const result = await sendRequest(call, attempt, token, body);
      emit({
        type: 'response',
        attempt: attempts,
        status: result.status,
        durationMs: elapsedMs() - sentMs,
        requestId: result.requestId,
      });
      if (guard) await guardResponse(guard, call, attempt, result);
      // The guard comes first, because its error says more about a body that is no result.
      if (!result.ok || !isResult(operation, result.body)) throw readError(attempt, result);
      return result;
    } catch (failure) {
      // If the signal was aborted before the request was sent, nothing was changed, whatever the signal's reason is.
      if (!wasSent && signal?.aborted) throw new AbortedError(attempt);
      if (!(failure instanceof PartnerError)) throw failure;
      last = failure;
      const reason = wasSent && !isRepeatable(operation) && unknownReason(failure);
      const unknown = reason && new OutcomeUnknownError(attempt, reason, failure, call.signzyAppId);
      const found = unknown && (await reconcile(call, unknown));
      if (found) {
        emit({ type: 'found', attempt: attempts, ...failureKind(failure) });
        return found;
      }

      // The provider does not apply a request that gets a 401, so even a create can be sent again.
      const isReplaced = failure instanceof AuthenticationError && tokenSource?.discard?.(token, discards++);
      // During the login backoff, the client does not log in.
      const loginBackoffMs = (!wasSent && tokenSource?.retryAfterMs?.()) || 0;
      const waitMs = isReplaced ? 0 : retryDelay(failure, attempts, elapsedMs(), loginBackoffMs, retry);
      if (waitMs === undefined) throw unknown || failure;
      emit({ type: 'retry', attempt: attempts, waitMs, ...failureKind(failure) });
      await sleep(waitMs, call, attempt);
    }
  }
}

async function guardResponse(
  guard: NonNullable<PendingCall['guard']>,
  call: PendingCall,
  attempt: CallInfo,
  result: HttpResult,
): Promise<void> {
  try {
    await withTimeLimit(call, attempt, async () => guard.response(attempt, result));
  } catch (error) {
    // A guard can refuse only a success.
    if (!result.ok) return;
    // The error of the caller's own guard may contain personal data, so no error of the client contains it.
    throw unknownReason(error) || isRepeatable(call.operation) ? error : readError(attempt, result);
  }
}

/**
 * Finds out whether a request with an unknown outcome was applied. "Not found" proves nothing while the provider may still
 * be working on the request. Until then the client calls `findMerchant` again, within the budget.
 *
 * @returns What the request created, or `undefined` if it certainly created nothing and can be sent again.
 * @throws OutcomeUnknownError if the outcome remains unknown.
 */
async function reconcile(call: PendingCall, unknown: OutcomeUnknownError): Promise<HttpResult | undefined> {
  const { findMerchant, signzyAppId, retry } = call;
  const settledMs = call.elapsedMs() + retry.maxProcessingMs;
  try {
    for (let delayMs = 250; findMerchant && signzyAppId; delayMs = Math.min(8000, 2 * delayMs)) {
      const askedMs = call.elapsedMs();
      // If the caller's signal ended the attempt, nothing is looked up.
      const body = await withTimeLimit(call, unknown, async () => findMerchant(signzyAppId));
      if (body?.id) return { ok: true, status: 200, headers: new Headers(), body };
      // Only `undefined` says that there is no merchant.
      if (body !== undefined) break;
      if (askedMs >= settledMs) return undefined;
      const waitMs = Math.min(delayMs, settledMs - askedMs);
      // A call without retries calls `findMerchant` once.
      if (retry.maxAttempts < 2 || call.elapsedMs() + waitMs > retry.budgetMs) break;
      await sleep(waitMs, call, unknown);
    }
  } catch {}
  throw unknown;
}
