import { createControl } from '@partner-ecosystem/mocks/control';

/** Accepts a merchant in a running sandbox, as the page of the back office does. */
export async function acceptMerchant(
  controlUrl: string,
  controlToken: string,
  merchantId: string,
): Promise<void> {
  const control = createControl({ url: controlUrl, token: controlToken });
  const { error } = await control.sandbox().POST('/merchants/{merchantId}/decision', {
    params: { path: { merchantId } },
    body: { decision: 'accept' },
  });
  if (error) throw new Error(`The sandbox cannot accept merchant ${merchantId}: ${error.title}`);
}
