import type { Claim } from '../callback/delivery.ts';
import { failureCause } from './failure-cause.ts';
import { DeliveryRefusedError, type Route } from './route.ts';

/** Makes an attempt. Resolves to `taken` or to the reason of its failure, without any data of the callback. */
export async function attemptDelivery({ deliver, attemptTimeoutMs }: Route, claim: Claim): Promise<string> {
  const timeout = AbortSignal.timeout(attemptTimeoutMs);
  try {
    await Promise.race([deliver(claim, timeout), rejectionOf(timeout)]);
    return 'taken';
  } catch (error) {
    if (timeout.aborted) return `took longer than ${attemptTimeoutMs} ms`;
    if (error instanceof DeliveryRefusedError) return error.message;
    return failureCause(error);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
