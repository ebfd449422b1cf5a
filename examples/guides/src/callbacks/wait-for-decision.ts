import type { CallbackServer } from '@partner-ecosystem/callback-server';
import { createDecisions, type Decision, type PartnerClient } from '@partner-ecosystem/client';

/** Creates a function that waits for the decision on a merchant, by callbacks and by pulls. */
export function createDecisionWait(server: CallbackServer, partner: PartnerClient) {
  const decisions = createDecisions(partner);
  server.on('accept', ({ payload }) => void decisions.notify(payload));
  server.on('reject', ({ payload }) => void decisions.notify(payload));
  return (merchantId: string, realmId: string, signal: AbortSignal): Promise<Decision> =>
    decisions.waitFor({ merchantId, realmId }, { signal });
}
