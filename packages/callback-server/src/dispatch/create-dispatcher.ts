import { setTimeout as pause } from 'node:timers/promises';
import type { Claim, Settlement } from '../callback/delivery.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import { delayAfter } from './backoff.ts';
import { type Deliver, NotTakenError } from './create-forward.ts';

export interface DispatcherOptions {
  readonly store: CallbackStore;
  readonly deliver: Deliver;
  readonly delaysMs: readonly number[];
  /** Milliseconds that one attempt may take. */
  readonly attemptTimeoutMs: number;
  readonly onAttempt: (claim: Claim, settlement: Settlement) => void;
  /** Told of a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** Hands on what is due, until it is told to stop. */
export interface Dispatcher {
  /** Looks for what is due now. */
  wake(): void;
  /** Claims nothing more, and resolves when what runs has ended. */
  stop(): Promise<void>;
}

const maxConcurrent = 8;
const faultPauseMs = 1000;
/** Another process may leave something behind at any time, and does not tell. */
const maxSleepMs = 5000;

/** Claims deliveries as they fall due, tries each, and records what came of it. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, onAttempt, onFault } = options;
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  let isScheduled = false;
  let stopped = false;

  /** However many wake it during one turn, one more is enough. */
  const wake = () => {
    if (isScheduled) return;
    isScheduled = true;
    turn = turn.then(claimDue).catch((error: unknown) => {
      onFault(error);
      sleepFor(faultPauseMs);
    });
  };

  const claimDue = async () => {
    isScheduled = false;
    clearTimeout(timer);
    await reclaimExpired();
    while (!stopped && running.size < maxConcurrent) {
      const claim = await store.claim(new Date());
      if (!claim) return sleepUntilDue();
      const attempt = tryOnce(claim).finally(() => {
        running.delete(attempt);
        wake();
      });
      running.add(attempt);
    }
  };

  /** What brings the process down must not do so again at once, nor for ever: its delays are those of a failure. */
  const reclaimExpired = async () => {
    for (const claim of await store.reclaimExpired()) await record(claim, 'was cut off');
  };

  const tryOnce = async (claim: Claim) => {
    const outcome = await attemptOutcome(options, claim);
    // Left claimed, a delivery would hold up its merchant until the next start.
    while (!(await isRecorded(claim, outcome)) && !stopped) await pause(faultPauseMs);
  };

  const isRecorded = (claim: Claim, outcome: string) =>
    record(claim, outcome).then(
      () => true,
      (error: unknown) => {
        onFault(error);
        return false;
      },
    );

  const record = async (claim: Claim, outcome: string) => {
    const settlement = settle(claim, outcome, options.delaysMs);
    await store.settle(claim, new Date(), settlement);
    onAttempt(claim, settlement);
  };

  const sleepUntilDue = async () => {
    const dueAt = await store.nextDueAt();
    sleepFor(dueAt ? dueAt.getTime() - Date.now() : maxSleepMs);
  };

  const sleepFor = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, Math.min(Math.max(ms, 0), maxSleepMs));
  };

  return {
    wake,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await turn;
      await Promise.all(running);
      await turn;
    },
  };
}

/** `taken`, or why not, in words that hold nothing of the callback. */
async function attemptOutcome(
  { deliver, attemptTimeoutMs }: DispatcherOptions,
  claim: Claim,
): Promise<string> {
  const timeout = AbortSignal.timeout(attemptTimeoutMs);
  try {
    await Promise.race([deliver(claim, timeout), aborted(timeout)]);
    return 'taken';
  } catch (error) {
    if (timeout.aborted) return `took longer than ${attemptTimeoutMs} ms`;
    if (error instanceof NotTakenError) return error.message;
    // A handler's error may quote the person it failed on, so only its kind is kept.
    return error instanceof Error ? `failed with ${error.name}` : 'failed';
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function settle({ attempt }: Claim, outcome: string, delaysMs: readonly number[]): Settlement {
  if (outcome === 'taken') return { state: 'taken' };
  const delay = delayAfter(attempt, delaysMs, Math.random());
  return delay === undefined
    ? { state: 'dead', outcome }
    : { state: 'due', nextAt: new Date(Date.now() + delay), outcome };
}
