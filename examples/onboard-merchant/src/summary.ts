import type { CallbackServer } from '@partner-ecosystem/callback-server';

/**
 * What the callback server kept of one merchant, read back from its store: a line for each callback.
 *
 * @throws Error where the callback of the decision is not among them, or is not one to act upon.
 */
export async function summarise(
  server: CallbackServer,
  merchantId: string,
  decision: string,
): Promise<string[]> {
  const kept = await server.callbacks.list({ merchantId });
  const decisive = kept.find(({ event }) => event === decision);
  if (decisive?.verdict !== 'valid')
    throw new Error(`The store holds no valid ${decision} callback of merchant ${merchantId}.`);
  return kept.toReversed().map(({ event, verdict, seenCount }) => {
    const times = seenCount === 1 ? 'once' : `${seenCount} times`;
    return `   merchant ${merchantId}  ${event.padEnd(8)} ${verdict.padEnd(6)} received ${times}`;
  });
}
