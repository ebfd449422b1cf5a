import { AbortedError } from '../errors/network-errors.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import type { AttemptLimits } from '../http/send-request.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';

/**
 * Waits for a function of a guard, which may be asynchronous.
 *
 * @throws TimeoutError, AbortedError, or the error of the guard.
 */
export async function askGuard(
  call: CallInfo,
  { timeoutMs, signal }: AttemptLimits,
  check: () => unknown,
): Promise<void> {
  try {
    await withTimeLimit(timeoutMs, call, async () => check(), signal);
  } catch (error) {
    throw signal?.aborted ? new AbortedError(call) : error;
  }
}
