import type { Answer } from '../http/http-result.ts';
import { attempt, type Fetch } from '../http/send-request.ts';
import { failureKind, type Happening } from '../events/client-event.ts';
import { AbortedError } from '../errors/aborted-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { type Attempted, PartnerError } from '../errors/partner-error.ts';
import { UnreadableResponseError } from '../errors/unreadable-response-error.ts';
import type { Guard } from '../guards/guard.ts';
import { isRepeatable, type Operation } from '../contract/operation.ts';
import type { OutgoingRequest } from '../http/outgoing-request.ts';
import { readError } from '../http/read-error.ts';
import { requestId } from '../http/request-id.ts';
import { isPerhapsUnderWay, isUnclear, type RetryLimits, waitBeforeRepeat } from '../retry/retry-policy.ts';
import { sleep } from '../timing/sleep.ts';
import type { TokenSource } from '../login/token-source.ts';
import { untilAborted } from '../timing/until-aborted.ts';

/** A call under way. */
export interface Sending {
  readonly fetch: Fetch;
  readonly operation: Operation;
  readonly request: OutgoingRequest;
  /** Whose token it is sent with, if it needs one. */
  readonly source: TokenSource | undefined;
  readonly timeoutMs: number;
  readonly limits: RetryLimits;
  readonly signal: AbortSignal | undefined;
  readonly signzyAppId: string | undefined;
  /** Looks for what an unclear attempt may have created; `undefined` where there is none. */
  readonly find: (() => Promise<unknown>) | undefined;
  readonly guard: Guard | undefined;
  /** Tells whoever listens; missing where nobody does. */
  readonly tell: ((happening: Happening) => void) | undefined;
}

/**
 * Sends an operation until it is answered with a success: token → attempt → on a 401 one new token → as the policy
 * says, a pause and the next attempt. What writes is repeated only if it was provably not carried out.
 *
 * @throws PartnerError
 */
export async function sendOperation(sending: Sending): Promise<Answer> {
  const { operation, source, limits, signal, tell } = sending;
  const { operationId } = operation;
  const startedAt = performance.now();
  let mayLogInAgain = source?.discard !== undefined;

  for (let attempts = 1; ; attempts += 1) {
    const attempted = { operationId, attempts };
    const { answer, failure, token } = await tryOnce(sending, attempted);
    if (answer) return answer;

    if (mayLogInAgain && failure instanceof AuthenticationError && token !== undefined) {
      // A 401 was refused before anything was done, so even a create is safe to replay.
      mayLogInAgain = false;
      source?.discard?.(token);
      tell?.({ type: 'retry', attempt: attempts, waitMs: 0, ...failureKind(failure) });
      continue;
    }

    const isOwn = failure.operationId === operationId;
    const unclear = isOwn && !isRepeatable(operation) && isUnclear(failure);
    const found = unclear ? await findOut(sending, attempted, failure) : undefined;
    if (found) {
      tell?.({ type: 'found', attempt: attempts, ...failureKind(failure) });
      return found;
    }

    const loginRestsMs = isOwn ? 0 : (source?.restsMs?.() ?? 0);
    const elapsedMs = performance.now() - startedAt;
    const waitMs = waitBeforeRepeat(failure, { attempts, elapsedMs, loginRestsMs }, limits, Math.random());
    if (waitMs === undefined) throw unclear ? unknown(sending, attempted, failure) : failure;
    tell?.({ type: 'retry', attempt: attempts, waitMs, ...failureKind(failure) });
    await sleep(waitMs, signal).catch(() => {
      throw new AbortedError(attempted);
    });
  }
}

type Outcome =
  | { readonly answer: Answer; readonly failure?: undefined; readonly token?: undefined }
  | { readonly answer?: undefined; readonly failure: PartnerError; readonly token: string | undefined };

/** One attempt, with the token of the moment. What is no failure of the family is thrown, and ends the call. */
async function tryOnce(sending: Sending, attempted: Attempted): Promise<Outcome> {
  const { fetch, request, source, timeoutMs, signal, guard, tell } = sending;
  const attemptNumber = attempted.attempts;
  let token: string | undefined;
  try {
    if (source) token = await untilAborted(signal, () => source.token());
    tell?.({ type: 'attempt', attempt: attemptNumber });
    const sentAt = performance.now();
    const answer = await attempt(fetch, { attempted, request, token, timeoutMs, signal });
    const { ok, status, headers, isJson } = answer;
    tell?.({
      ...{ type: 'response', attempt: attemptNumber, status },
      ...{ durationMs: performance.now() - sentAt, requestId: requestId(headers) },
    });
    if (!ok) throw readError(attempted, answer);
    if (!isJson) throw new UnreadableResponseError(attempted, status);
    guard?.response(attempted, answer.body);
    return { answer };
  } catch (failure) {
    if (failure instanceof PartnerError) return { failure, token };
    // Aborted before it was sent: by then nothing can have been changed.
    throw signal?.aborted ? new AbortedError(attempted) : failure;
  }
}

/**
 * After an attempt of unclear outcome: what was created, as an answer; or nothing, where there is certainly none and
 * the operation may be sent again.
 *
 * @throws OutcomeUnknownError where that cannot be found out.
 */
async function findOut(
  sending: Sending,
  attempted: Attempted,
  failure: PartnerError,
): Promise<Answer | undefined> {
  const { find, signal } = sending;
  try {
    if (!find) throw failure;
    // Where it was your signal that ended the attempt, nobody is asked any more.
    const body = await untilAborted(signal, find);
    if (body) return { ok: true, status: 200, headers: new Headers(), body, isJson: true };
    if (isPerhapsUnderWay(failure)) throw failure;
    return undefined;
  } catch {
    throw unknown(sending, attempted, failure);
  }
}

function unknown({ signzyAppId }: Sending, attempted: Attempted, failure: PartnerError): OutcomeUnknownError {
  // `isUnclear` has found it to be one of the four.
  return new OutcomeUnknownError(attempted, failure as OutcomeUnknownError['failure'], signzyAppId);
}
