import type { CallbackServer } from '@partner-ecosystem/callback-server';
import { type DecisionWord, type PartnerClient, readDecision } from '@partner-ecosystem/client';

/** Passes a decision on after a pull has confirmed it. A callback alone decides nothing. */
export function confirmDecisions(
  server: CallbackServer,
  partner: PartnerClient,
  recordDecision: (merchantId: string, decision: DecisionWord) => Promise<void>,
): void {
  for (const event of ['accept', 'reject'] as const) {
    server.on(event, async ({ payload }, { signal }) => {
      const { id: merchantId, realmId = '' } = payload.merchantData;
      const { result } = await partner.pullMerchant({ merchantId, realmId }, { signal });
      const decision = readDecision(result.merchantData.basicDetails.status);
      // A pull can be some minutes old. After an error the server calls the handler again.
      if (!decision) throw new Error('The pull does not show a decision yet.');
      await recordDecision(merchantId, decision);
    });
  }
}
