import type { OperationResult, PartnerClient } from '@partner-ecosystem/client';
import type { Workplace } from './become-partner.ts';

/** A customer, as our own systems know one. */
export interface Customer {
  /** Our own reference. Keep it beside the merchant's id: the API cannot look a merchant up by it. */
  signzyAppId: string;
  name: string;
  email: string;
  mobile: string;
  /** Fields that the realm defines for itself; they come back with the merchant wherever it is shown. */
  realmFields: Record<string, string>;
  /** What the customer answered, under the names that the spec gives the pages' variables. */
  answers: Record<string, string>;
  /** Images of papers, under the names of the variables that want the URL of a file. */
  papers: Record<string, Blob>;
}

type Merchant = OperationResult<'createMerchant'>;
type SpecItem = OperationResult<'getPushMerchantSpec'>['data'][number];

/** Steps 5 and 6: opens a case for a customer, and pushes what the flow's pages ask for. */
export async function onboardMerchant(
  partner: PartnerClient,
  { realmId, realm, flowId }: Workplace,
  customer: Customer,
): Promise<Merchant> {
  const { signzyAppId, name, email, mobile } = customer;
  const merchant = await partner.createMerchant({
    ...customer.realmFields,
    ...{ realmId, realm, flowId, signzyAppId, name, email, mobile },
  });

  const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
  const files = await storePapers(partner, customer.papers);
  const data = spec.data.map((item) => fillIn(item, { ...customer.answers, ...files }));
  await partner.pushMerchant({ realmId, flowId, merchantId: merchant.id, data });
  return merchant;
}

/** Images do not travel inside a push. Without a ttl they would be gone after 30 seconds. */
async function storePapers(
  partner: PartnerClient,
  papers: Record<string, Blob>,
): Promise<Record<string, string>> {
  const stored = await Promise.all(
    Object.entries(papers).map(async ([variable, file]) => {
      const { directURL } = (await partner.uploadFile({ file, ttl: '1 month' })).file;
      return [variable, directURL] as const;
    }),
  );
  return Object.fromEntries(stored);
}

/** Puts our answers where the spec has labels. Items keep their order, and two of them may share a page. */
function fillIn({ pageId, widgetName, data }: SpecItem, answers: Record<string, string>): SpecItem {
  const filled = Object.keys(data).map((variable) => [variable, answers[variable] ?? ''] as const);
  return { pageId, widgetName, data: Object.fromEntries(filled) };
}
