import { type OperationInput, OutcomeUnknownError, type PartnerClient } from '@partner-ecosystem/client';
import { nextStep } from '../statuses/next-step.ts';

/** Pushes the data of a merchant. If the outcome is unknown, a pull shows whether a second push is needed. */
export async function pushMerchantOnce(
  partner: PartnerClient,
  input: OperationInput<'pushMerchant'>,
  waitUntilVisible: () => Promise<unknown>,
): Promise<void> {
  try {
    await partner.pushMerchant(input);
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    await waitUntilVisible(); // Pushed data appears after two or three minutes.
    const { merchantId, realmId } = input;
    const { result } = await partner.pullMerchant({ merchantId, realmId });
    if (nextStep(result.merchantData.basicDetails.status) === 'push') await partner.pushMerchant(input);
  }
}
