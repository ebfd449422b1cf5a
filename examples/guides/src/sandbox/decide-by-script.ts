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

/** Creates a sandbox beside the default sandbox. The API of the new sandbox is at `/s/mine`. */
export async function createMine(controlUrl: string, controlToken: string) {
  const control = createControl({ url: controlUrl, token: controlToken });
  const { error } = await control.server.POST('/sandboxes', { body: { id: 'mine', seed: 7 } });
  if (error) throw new Error(`The server cannot create the sandbox mine: ${error.title}`);
  return control.sandbox('mine');
}
