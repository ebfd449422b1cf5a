import type { CallbackServer } from '@partner-ecosystem/callback-server';

/**
 * Describes the callbacks that the server stored about one merchant, one line for each callback, oldest first.
 *
 * @throws Error if the store holds no valid callback of the decision.
 */
export async function summarizeCallbacks(
  server: CallbackServer,
  merchantId: string,
  decision: string,
): Promise<string[]> {
  const callbacks = await server.callbacks.list({ merchantId });
  if (!callbacks.some(({ event, verdict }) => event === decision && verdict === 'valid'))
    throw new Error(`The store holds no valid ${decision} callback of merchant ${merchantId}.`);
  return callbacks.toReversed().map(({ event, verdict, seenCount }) => {
    const times = seenCount === 1 ? 'once' : `${seenCount} times`;
    return `   merchant ${merchantId}  ${event.padEnd(8)} ${verdict.padEnd(6)} received ${times}`;
  });
}
