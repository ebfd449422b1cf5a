import {
  createDecisions,
  createPartnerClient,
  type OperationInput,
  type OperationResult,
  type PushValues,
  pushBody,
  storeFile,
} from '@partner-ecosystem/client';

// An option can be passed on even if it is undefined.
declare const settings: { timeoutMs: number | undefined; signal: AbortSignal | undefined };

const partner = createPartnerClient({
  environment: 'preproduction',
  credentials: async () => ({ username: 'example-broker', password: 'Not-a-real-password-1' }),
  administratorToken: 'not-a-real-administrator-token',
  timeoutMs: settings.timeoutMs,
});

declare const newPartner: OperationInput<'createPartner'>;
declare const merchant: OperationInput<'createMerchant'>;
declare const values: PushValues;
declare const callbacks: OperationInput<'registerCallbacks'>;
declare const flows: OperationInput<'assignFlows'>;

export async function onboard(realmId: string, photo: File): Promise<string> {
  const { id: distributorId } = await partner.createPartner(newPartner);
  const token: string = (await partner.loginPartner({ username: 'a', password: 'b' })).id;
  await partner.linkPartner({ distributorId, realmId });
  await partner.assignFlows(flows);
  await partner.registerCallbacks(callbacks);

  const { id: merchantId }: OperationResult<'createMerchant'> = await partner.createMerchant(merchant, {
    signal: settings.signal,
    headers: { 'X-Case': 'EXAMPLE-0001' },
  });
  const spec = await partner.getPushMerchantSpec({
    applicationId: merchant.realmId,
    flowId: merchant.flowId,
    sampleData: true,
  });
  const { file } = await partner.uploadFile({ file: photo, ttl: '1 month' });
  await partner.uploadBase64({ base64String: 'AA==', mimetype: 'image/png' });
  const url: string = await storeFile(partner, photo, '3 month');
  await partner.pushMerchant(pushBody(spec, { flowId: merchant.flowId, realmId, merchantId }, values));

  const decisions = createDecisions(partner);
  const { decision } = await decisions.waitFor({ merchantId, realmId }, { signal: settings.signal });

  const { result } = await partner.pullMerchant({ merchantId, realmId });
  // The type of a status accepts any string, so that a new status of the provider is not a type error.
  const status: string | undefined = result.merchantData.basicDetails.status;
  return [token, url, file.size, decision, status].join();
}
