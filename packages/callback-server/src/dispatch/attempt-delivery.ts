import type { Claim } from '../callback/delivery.ts';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import type { Statement } from '../store/engine/records.ts';
import { failureCause } from './failure-cause.ts';
import type { Route } from './route.ts';

interface AttemptResult {
  /** `taken` or the reason of the failure, without any data of the callback. */
  readonly outcome: string;
  /** Statements that are to be committed together with the end of the delivery. */
  readonly statements: readonly Statement[];
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
    const statements = await Promise.race([deliver(claim, signal), rejectionOf(signal)]);
    return { outcome: 'taken', statements: statements ?? [] };
  } catch (error) {
    return { outcome: reasonOf(error, signal, attemptTimeoutMs), statements: [] };
  } finally {
    // The timer would keep the callback in memory.
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown, timeout: AbortSignal, attemptTimeoutMs: number): string {
  if (timeout.aborted) return `took longer than ${attemptTimeoutMs} ms`;
  return error instanceof DeliveryRefusedError ? error.message : failureCause(error);
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
