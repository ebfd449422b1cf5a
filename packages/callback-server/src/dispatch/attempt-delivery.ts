import type { Claim } from '../callback/delivery.ts';
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
    // Only the error's name: the message of a handler's error may quote personal data.
    return error instanceof Error ? `failed with ${error.name}` : 'failed';
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
