import { createPartnerClient, type PartnerClientOptions } from '@partner-ecosystem/client';
import { contractGuard, createMerchant, type Drift, pullMerchant } from '@partner-ecosystem/client/guards';

/** Creates a client that refuses invalid inputs, and reports responses that differ from the contract. */
export function createGuardedClient(options: PartnerClientOptions, onDrift: (drift: Drift) => void) {
  return createPartnerClient({
    ...options,
    guard: contractGuard([createMerchant, pullMerchant], { onDrift }),
  });
}
