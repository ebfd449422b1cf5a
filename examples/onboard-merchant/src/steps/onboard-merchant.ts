import { type OperationResult, type PartnerClient, pushBody, storeFile } from '@partner-ecosystem/client';
import type { Workplace } from './become-partner.ts';

/** A customer, as our own systems know them. */
export interface Customer {
  /** Our own reference. Store it with the merchant's id: the API cannot find a merchant by this reference. */
  signzyAppId: string;
  name: string;
  email: string;
  mobile: string;
  /** Custom fields that the realm defines. The API returns them with the merchant. */
  realmFields: Record<string, string>;
  /** The customer's data, by widget name and variable. An image or a video is a Blob. */
  widgets: Record<string, Record<string, string | Blob>>;
}

/** Steps 5 and 6: creates a merchant for a customer, and pushes the data that the flow's pages ask for. */
export async function onboardMerchant(
  partner: PartnerClient,
  workplace: Workplace,
  customer: Customer,
): Promise<OperationResult<'createMerchant'>> {
  // Step 5: create the merchant.
  const { realmFields, widgets, ...details } = customer;
  const merchant = await partner.createMerchant({ ...realmFields, ...workplace, ...details });

  // Step 6: ask what to push, store the files, and push the data.
  const { realmId, flowId } = workplace;
  const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
  const pages: Record<string, Record<string, Record<string, string>>> = {};
  for (const { pageId, widgetName } of spec.data) {
    const values = await storeFiles(partner, widgets[widgetName] ?? {});
    pages[pageId] = { ...pages[pageId], [widgetName]: values };
  }
  await partner.pushMerchant(pushBody(spec, { realmId, flowId, merchantId: merchant.id }, pages));
  return merchant;
}

/** Stores each file and replaces it with its URL, because a push cannot contain a file. */
async function storeFiles(
  partner: PartnerClient,
  values: Record<string, string | Blob>,
): Promise<Record<string, string>> {
  const stored = Object.entries(values).map(async ([variable, value]) => {
    return [variable, value instanceof Blob ? await storeFile(partner, value, '1 month') : value];
  });
  return Object.fromEntries(await Promise.all(stored));
}
