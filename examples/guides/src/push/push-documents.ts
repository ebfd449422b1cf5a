import {
  type PartnerClient,
  type PushTarget,
  type PushValues,
  pushBody,
  storeFile,
} from '@partner-ecosystem/client';

/** A customer's data by widget and variable. A `Blob` is a file. */
export type Documents = { readonly [widgetName: string]: { readonly [variable: string]: string | Blob } };

/** Stores the files, fills in the template of the push, and pushes the data. */
export async function pushDocuments(
  partner: PartnerClient,
  target: PushTarget,
  documents: Documents,
): Promise<void> {
  const { realmId, flowId } = target;
  const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
  const pages: { [pageId: string]: PushValues[string] } = {};
  for (const { pageId, widgetName } of spec.data) {
    const values = documents[widgetName];
    if (!values) continue; // A later push can add this widget.
    pages[pageId] = { ...pages[pageId], [widgetName]: await storeFiles(partner, values) };
  }
  await partner.pushMerchant(pushBody(spec, target, pages));
}

/** Replaces each file with the URL of the stored file. */
async function storeFiles(partner: PartnerClient, values: Documents[string]) {
  const stored = Object.entries(values).map(async ([variable, value]) => {
    return [variable, value instanceof Blob ? await storeFile(partner, value, '3 month') : value] as const;
  });
  return Object.fromEntries(await Promise.all(stored));
}
