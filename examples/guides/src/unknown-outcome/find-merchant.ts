import {
  createPartnerClient,
  type OperationResult,
  type PartnerClient,
  type PartnerClientOptions,
} from '@partner-ecosystem/client';

/** Merchants that we know from other sources, by our own reference. */
export interface KnownMerchants {
  get(signzyAppId: string): Promise<OperationResult<'createMerchant'> | undefined>;
}

// #region find-merchant
/** Creates a client that looks into your records after a create whose outcome is unknown. */
export function createLookingClient(options: PartnerClientOptions, known: KnownMerchants): PartnerClient {
  return createPartnerClient({
    ...options,
    findMerchant: async (signzyAppId) => {
      const merchant = await known.get(signzyAppId);
      if (merchant) return merchant;
      throw new Error('No record names this case, but the provider may still have the case.');
    },
  });
}
// #endregion find-merchant
