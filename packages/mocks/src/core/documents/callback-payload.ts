import type { components } from '@partner-ecosystem/openapi/schema';
import type { Merchant } from '../model/state.ts';
import { createdMerchant, progressFields } from './case-fields.ts';

/** The body of a callback: the case as a flat object. */
export function callbackPayload(merchant: Merchant): components['schemas']['MerchantCallback'] {
  return {
    merchantSignup: {},
    merchantData: {
      ...createdMerchant(merchant),
      isDeleted: false,
      ...progressFields(merchant),
      ...textsOf(merchant),
    },
  };
}

/** A rejection always has both texts, even empty ones. An acceptance has only the texts that the auditor gave. */
function textsOf({ status, decision }: Merchant): { reason?: string; instructions?: string } {
  if (!decision) return {};
  const { reason, instructions } = decision;
  if (status === 'reject') return { reason, instructions };
  return { ...(reason && { reason }), ...(instructions && { instructions }) };
}
