import type { Claim } from '../callback/delivery.ts';
import type { ClaimLimits, DueTimes } from '../store/engine/records.ts';
import { createAttemptRecorder, type DispatcherOptions } from './create-attempt-recorder.ts';
import { createAttempts } from './create-attempts.ts';
import { createPassScheduler } from './create-pass-scheduler.ts';
import { createForeignLines } from './foreign-lines.ts';
import type { Route } from './route.ts';

const faultPauseMs = 1000;
/** Milliseconds until the next pass, if more is due than this pass could claim. The end of an attempt comes first. */
const fullPauseMs = 20;
const recoverEveryMs = 5000;
/** Milliseconds until the next pass, if this pass left lines to other servers: these lines stay due. */
const foreignPauseMs = 250;

/**
 * Claims the deliveries of one route when they fall due, tries each, and records the outcome, until it is stopped.
 * `wake` looks for due deliveries now.
 */
export function createRouteDispatcher(route: Route, options: DispatcherOptions) {
  const { store, onAttempt, onFault } = options;
  const recorder = createAttemptRecorder(route, options);
  const attempts = createAttempts(route, options, recorder, () => passes.wake());
  const { circuit, slots } = attempts;
  const isRecoveryDue = createInterval(recoverEveryMs);
  const foreign = createForeignLines();
  let isStopped = false;

  const pass = async (): Promise<number | undefined> => {
    if (isStopped || !route.isActive()) return undefined;
    if (isRecoveryDue()) await recoverCutOff(route.name, store, recorder);
    const { free, waitMs } = attempts.free();
    if (free <= 0) return waitMs > 0 ? waitMs : undefined;
    const limits = slots.limits(free);
    const excluded = foreign.current();
    const { claims, givenUp, unreadable } = await store.claim(route.name, { ...limits, excluded });
    slots.claimed(claims, limits);
    const others = claims.filter(({ event }) => !(route.canDeliver?.(event) ?? true));
    for (const claim of claims) if (!others.includes(claim)) attempts.start(claim);
    if (others.length > 0) await leaveToOthers(others);
    for (const { claim, settlement } of givenUp) onAttempt(claim, settlement);
    if (unreadable > 0) onFault(new UnreadableCallbackError(unreadable));
    // The end of an attempt wakes the next pass. Claims for other servers start no attempt.
    const started = claims.length - others.length;
    if (started >= free) return undefined;
    const found = countOf(claims);
    // More may be due behind lines of other servers. The next pass leaves out the lines that this pass has found.
    if (others.length > 0 && (isFull(found.fresh, limits.fresh) || isFull(found.retries, limits.retries)))
      return foreign.isFull() ? fullPauseMs : 0;
    if (isFull(found.fresh, limits.fresh)) return fullPauseMs;
    const due = await store.nextDueIn(route.name, recoverEveryMs);
    return msUntilDue(found, due, limits, excluded.length + others.length > 0, slots.mayRetry());
  };

  /** Gives back the claims that only another server can deliver. */
  const leaveToOthers = async (claims: readonly Claim[]) => {
    for (const claim of claims) foreign.add(claim);
    onFault(new HandlerMissingError(claims));
    await store.giveBack(route.name, claims);
  };

  const pauseAfter = (fault: unknown) => {
    onFault(fault);
    return faultPauseMs;
  };
  const passes = createPassScheduler(() => pass().catch(pauseAfter));
  return {
    circuit: circuit.state,
    wake: passes.wake,
    /** Claims no more deliveries, and resolves when the running attempts have ended. */
    stop: async () => {
      isStopped = true;
      recorder.stop();
      await passes.stop();
      await attempts.ended();
      await passes.stop();
    },
  };
}

/** An attempt whose server crashed counts as failed. So a callback that crashes servers is given up in the end. */
async function recoverCutOff(
  route: string,
  store: DispatcherOptions['store'],
  { record }: ReturnType<typeof createAttemptRecorder>,
): Promise<void> {
  await store.correctDueTimes(route);
  const claims = await store.reclaimExpired(route);
  await Promise.all(claims.map((claim) => record(claim, { outcome: 'was cut off' })));
}

/** Number of lines of each kind that a claim found. */
type Found = Pick<ClaimLimits, 'fresh' | 'retries'>;

function countOf(claims: readonly Claim[]): Found {
  const fresh = claims.filter(({ attempt }) => attempt === 1).length;
  return { fresh, retries: claims.length - fresh };
}

/** Milliseconds until the next pass, if nothing wakes it before. */
function msUntilDue(
  found: Found,
  due: DueTimes,
  limits: ClaimLimits,
  leavesOut: boolean,
  mayRetry: boolean,
): number {
  /** What is due but was not found, such as a line that another replica has locked, must not keep the database busy. */
  const msUntil = (kind: 'fresh' | 'retries', dueInMs = Number.POSITIVE_INFINITY) => {
    if (limits[kind] === 0 || isFull(found[kind], limits[kind])) return dueInMs;
    if (leavesOut) return Math.max(dueInMs, foreignPauseMs);
    return found[kind] === 0 ? Math.max(dueInMs, fullPauseMs) : dueInMs;
  };
  const retryMs = mayRetry ? msUntil('retries', due.retry) : Number.POSITIVE_INFINITY;
  return Math.min(recoverEveryMs, msUntil('fresh', due.fresh), retryMs);
}

/** Whether more lines of a kind may be due than were found. */
function isFull(found: number, limit: number): boolean {
  return limit > 0 && found === limit;
}

/** This server lacks the key of stored callbacks, so it leaves them alone. */
class UnreadableCallbackError extends Error {
  override readonly name = 'UnreadableCallbackError';
  readonly code = 'UNREADABLE';

  constructor(count: number) {
    super(`This server cannot decrypt ${count} due callbacks. Check that MASTER_KEYS has every key in use.`);
  }
}

/**
 * This server has no handler for callbacks that wait: another server, or an earlier version of this server, has the
 * handler.
 */
class HandlerMissingError extends Error {
  override readonly name = 'HandlerMissingError';
  readonly code: string;

  constructor(claims: readonly Claim[]) {
    const events = [...new Set(claims.map(({ event }) => event))].sort();
    super(
      `Callbacks wait for handlers of the events ${events.join(', ')}. Add the handlers, or run a server that has them.`,
    );
    this.code = `HANDLER_MISSING_${events.join('_').toUpperCase()}`;
  }
}

/** Returns a function that returns true at its first call, and then once per interval. */
function createInterval(milliseconds: number): () => boolean {
  let nextAt = 0;
  return () => {
    if (performance.now() < nextAt) return false;
    nextAt = performance.now() + milliseconds;
    return true;
  };
}
