import type { Claim } from '../callback/delivery.ts';
import { failureCause } from './failure-cause.ts';
import type { DeliveryResult, Route } from './route.ts';

interface AttemptResult extends DeliveryResult {
  /** `taken` or the reason of the failure, without any data of the callback. */
  readonly outcome: string;
}

/** Makes an attempt. Never rejects. */
export async function attemptDelivery(
  { deliver, attemptTimeoutMs }: Route,
  claim: Claim,
): Promise<AttemptResult> {
  const timeout = new AbortController();
  const { signal } = timeout;
  const end = () => timeout.abort(new DOMException('The attempt took too long.', 'TimeoutError'));
  const timer = setTimeout(end, attemptTimeoutMs).unref();
  try {
    const result = await Promise.race([deliver(claim, signal), rejectionOf(signal)]);
    return { ...result, outcome: result?.notTaken ?? 'taken' };
  } catch (error) {
    return { outcome: reasonOf(error, signal, attemptTimeoutMs) };
  } finally {
    // The timer would keep the callback in memory.
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown, timeout: AbortSignal, attemptTimeoutMs: number): string {
  if (timeout.aborted) return `took longer than ${attemptTimeoutMs} ms`;
  return failureCause(error);
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
