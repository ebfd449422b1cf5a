import { type OperationInput, OutcomeUnknownError, type PartnerClient } from '@partner-ecosystem/client';
import type { CaseRecords } from './case-records.ts';

/** Creates a merchant. If the outcome is unknown, the record is marked, so that a person can look at the case. */
export async function createMerchantOnce(
  partner: PartnerClient,
  cases: CaseRecords,
  input: OperationInput<'createMerchant'>,
): Promise<string | undefined> {
  const reference = `${input.signzyAppId}`;
  await cases.open(reference);
  try {
    const { id } = await partner.createMerchant(input);
    await cases.setMerchantId(reference, id);
    return id;
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    await cases.markUnknown(reference); // Do not send the request again.
    return undefined;
  }
}
