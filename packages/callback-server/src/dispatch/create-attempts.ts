import type { Claim } from '../callback/delivery.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { createAttemptSlots } from './attempt-slots.ts';
import type { createAttemptRecorder, DispatcherOptions } from './create-attempt-recorder.ts';
import { createCircuit } from './create-circuit.ts';
import type { Route } from './route.ts';

/**
 * Runs the attempts at one route: as many at the same time as its concurrency and its circuit allow.
 *
 * @param onEnd - Called when an attempt has ended and its slot is free.
 */
export function createAttempts(
  route: Route,
  { store, onFault }: DispatcherOptions,
  { record, recordConfirmed }: ReturnType<typeof createAttemptRecorder>,
  onEnd: () => void,
) {
  const circuit = createCircuit(undefined, route.hasCircuit);
  const slots = createAttemptSlots(route.concurrency);
  const running = new Set<Promise<void>>();

  /** If another callback overtook this callback during its failed attempt, the delivery ends without another attempt. */
  const overtakenMeanwhile = async (claim: Claim, outcome: string) => {
    const overtaken = outcome === 'taken' ? undefined : await route.whyOvertaken?.(claim).catch(onFault);
    return overtaken === undefined ? {} : { overtaken };
  };
  const attempt = async (claim: Claim, notMade: () => void) => {
    const startedAt = performance.now();
    const { confirmation, ...result } = await attemptDelivery(route, claim);
    if (result.overtaken !== undefined) {
      notMade();
      await record(claim, result);
      return;
    }
    const ended = { ...result, seconds: (performance.now() - startedAt) / 1000 };
    const isTaken = await (confirmation
      ? recordConfirmed(claim, { ...ended, confirmation })
      : record(claim, { ...ended, ...(await overtakenMeanwhile(claim, ended.outcome)) }));
    if (!isTaken && result.notTaken === undefined) circuit.failed();
    // Deliveries that failed during the outage are tried before their delay ends.
    else if (circuit.succeeded()) await store.releaseDeferred(route.name).catch(onFault);
  };
  return {
    circuit,
    slots,
    /** Number of attempts that may start, and milliseconds until the circuit allows an attempt. */
    free: () => {
      const { attempts, waitMs } = circuit.allowance();
      return { free: Math.min(slots.free(), attempts), waitMs };
    },
    start: (claim: Claim) => {
      slots.start(claim);
      const ended = attempt(claim, circuit.started()).finally(() => {
        slots.end(claim);
        running.delete(ended);
        onEnd();
      });
      running.add(ended);
    },
    /** Resolves when the running attempts have ended. */
    ended: async () => {
      await Promise.all(running);
    },
  };
}
