import type { components } from '@partner-ecosystem/openapi/schema';
import type { Merchant } from '../model/state.ts';
import { createdMerchant, decisionFields, submissionFields } from './case-fields.ts';

/** What the provider posts of a merchant: the case, flat. */
export function callbackPayload(merchant: Merchant): components['schemas']['MerchantCallback'] {
  return {
    merchantSignup: {},
    merchantData: {
      ...createdMerchant(merchant),
      isDeleted: false,
      ...submissionFields(merchant),
      ...decisionFields(merchant),
      ...wordsOf(merchant),
    },
  };
}

/** A rejection always carries its words, even empty ones; an acceptance only those that were said. */
function wordsOf({ status, decision }: Merchant): { reason?: string; instructions?: string } {
  if (!decision) return {};
  const { reason, instructions } = decision;
  if (status === 'reject') return { reason, instructions };
  return { ...(reason && { reason }), ...(instructions && { instructions }) };
}
