import type { OperationInput, PartnerClient } from '@partner-ecosystem/client';

/** Registers one URL for each event of a flow. Each call registers the URLs of one flow. */
export async function registerCallbackUrls(
  partner: PartnerClient,
  flow: Pick<OperationInput<'registerCallbacks'>, 'distributorId' | 'realmId' | 'flowId'>,
  { publicUrl, token }: { publicUrl: string; token: string },
): Promise<void> {
  const url = (event: string) => `${publicUrl}/callbacks/${token}/${event}`;
  const callbacks = { accept: url('accept'), reject: url('reject'), pending: url('pending') };
  await partner.registerCallbacks({ ...flow, callbacks });
}
