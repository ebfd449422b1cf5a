import { setTimeout as sleep } from 'node:timers/promises';
import { isPartnerError } from '@partner-ecosystem/client';
import type { PulledDocument } from '../callback/pulled-document.ts';
import { type CallBudget, createCallBudget } from './call-budget.ts';
import type { Provider } from './provider.ts';

/**
 * The provider or the client refuses a pull. Anybody can cause this with a callback that names the realm of another partner,
 * or an id that cannot be sent.
 */
export class PullRefusedError extends Error {
  override readonly name = 'PullRefusedError';
}

/** A pull failed, so the merchant's state is unknown. The message has no data of the merchant. */
export class PullError extends Error {
  override readonly name = 'PullError';
}

/** What a pull has found: the merchant's document; `undefined` if the provider does not know the merchant. */
type PullResult = PulledDocument | undefined;

/**
 * Errors of a pull whose ids lead to no merchant. Known by their names, because the client may be another copy of its
 * package.
 */
const unknownMerchant: ReadonlySet<string> = new Set(['NotFoundError', 'BadRequestError']);

/**
 * Errors of a pull whose merchant or realm is not the partner's. The login has worked: otherwise, the error is a LoginError.
 * The client throws a TypeError for an id that cannot be sent.
 */
const refusedPull: ReadonlySet<string> = new Set(['AuthenticationError', 'ForbiddenError', 'TypeError']);

export const pullOutcomes = ['found', 'not-found', 'refused', 'failed'] as const;
export type PullOutcome = (typeof pullOutcomes)[number];

/** Pulls that fail for this time are an outage. */
const outageMs = 60_000;
/** The longest `Retry-After` that the server follows. A proxy may ask for more. */
const maxPauseMs = 3_600_000;
const askedToWait = 'the provider has asked to wait';

export type Pulls = ReturnType<typeof createPulls>;

/**
 * Pulls merchants within the call budget.
 *
 * @param onPull - Called after each pull.
 * @param now - Milliseconds by a clock that never jumps.
 */
export function createPulls(
  provider: Provider,
  perMinute: number,
  onPull: (outcome: PullOutcome) => void,
  now: () => number = () => performance.now(),
) {
  const budget = createCallBudget(perMinute, now);
  const assertNoPause = () => {
    if (budget.pauseMs() > 0) throw new PullError(askedToWait);
  };
  const client = provider(createBudgetedFetch(budget, assertNoPause));
  const health = createHealth(now);

  /**
   * @throws PullRefusedError if the provider or the client refuses the pull.
   * @throws PullError if the pull fails.
   */
  const pull = async (merchantId: string, realmId: string, signal: AbortSignal): Promise<PullResult> => {
    assertNoPause();
    try {
      const document = await client.pullMerchant({ merchantId, realmId }, { signal });
      health.succeeded();
      onPull('found');
      return document;
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      if (unknownMerchant.has(name)) {
        health.succeeded();
        onPull('not-found');
        return undefined;
      }
      if (refusedPull.has(name)) {
        onPull('refused');
        throw new PullRefusedError(`the pull was refused: ${name}`);
      }
      onPull('failed');
      health.failed();
      budget.pause(Math.min(retryAfterOf(error), maxPauseMs));
      throw new PullError(budget.pauseMs() > 0 ? askedToWait : `the pull failed: ${name}`);
    }
  };
  return {
    pull,
    /** Milliseconds until a pull could start after all other waiting pulls. */
    idleInMs: budget.waitMs,
    /** Milliseconds between two requests, at least. */
    spacingMs: budget.spacingMs,
    /** Milliseconds for which pulls have worked, without an outage. */
    workingMs: health.workingMs,
    /** Milliseconds since the last pull that succeeded, or since the start. */
    silentMs: health.silentMs,
    /** Forgets for how long pulls have worked: the clock has jumped, so the age of callbacks is uncertain. */
    restart: health.restart,
  };
}

/** Creates a fetch that waits for its turn, and that passes a request to wait on to all later pulls. */
function createBudgetedFetch(budget: CallBudget, assertNoPause: () => void) {
  return async (request: Request): Promise<Response> => {
    assertNoPause();
    await sleep(budget.take(), undefined, { signal: request.signal });
    // The pause may have begun while the request waited for its turn.
    assertNoPause();
    const response = await fetch(request);
    // The client itself waits for a short `Retry-After`, and does not report it. Other pulls have to wait too.
    if (!response.ok) budget.pause(Math.min(retryAfterIn(response), maxPauseMs));
    return response;
  };
}

/** Milliseconds that a response asks to wait: its header has seconds or a date. */
function retryAfterIn({ headers }: Response): number {
  const value = headers.get('retry-after') ?? '';
  const milliseconds = Number(value) * 1000 || Date.parse(value) - Date.now();
  return milliseconds > 0 ? milliseconds : 0;
}

function retryAfterOf(error: unknown): number {
  const milliseconds = isPartnerError(error) && 'retryAfterMs' in error ? error.retryAfterMs : 0;
  return typeof milliseconds === 'number' ? milliseconds : 0;
}

/** Knows for how long pulls have worked. Single failures between successes are no outage. */
function createHealth(now: () => number) {
  let since: number | undefined;
  let succeededAt = now();
  let hasFailed = false;
  return {
    succeeded: () => {
      if (hasFailed && now() - succeededAt > outageMs) since = undefined;
      since ??= now();
      succeededAt = now();
      hasFailed = false;
    },
    failed: () => {
      hasFailed = true;
    },
    workingMs: () => (since === undefined ? 0 : now() - since),
    silentMs: () => now() - succeededAt,
    restart: () => {
      since = undefined;
    },
  };
}
