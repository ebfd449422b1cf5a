import type { components } from '@partner-ecosystem/openapi/schema';
import type { Merchant, PageType } from '../model/state.ts';
import { createdMerchant, progressFields } from './case-fields.ts';

/** The response of pullMerchant: the case as a nested object, with everything that was pushed. */
export function pullDocument(merchant: Merchant): components['schemas']['PulledMerchant'] {
  return {
    result: {
      merchantSignup: {},
      merchantData: {
        basicDetails: basicDetails(merchant),
        documents: merchant.items.map(({ data, pageType, widgetName }) => ({
          ...data,
          type: pageType,
          widgetName,
        })),
        formData: variablesOf(merchant, 'forms'),
        videoForensics: variablesOf(merchant, 'video'),
        contract: {},
        products: [],
      },
    },
  };
}

function basicDetails(merchant: Merchant): components['schemas']['BasicDetails'] {
  return {
    ...createdMerchant(merchant),
    isDeleted: false,
    flowName: merchant.flow.name,
    redirectUrl: '',
    ...progressFields(merchant),
    reason: merchant.decision?.reason ?? '',
    instructions: merchant.decision?.instructions ?? '',
  };
}

function variablesOf({ items }: Merchant, pageType: PageType): { [variable: string]: string } {
  const variables = items
    .filter((item) => item.pageType === pageType)
    .map(({ data }) => Object.entries(data));
  return Object.fromEntries(variables.flat());
}
