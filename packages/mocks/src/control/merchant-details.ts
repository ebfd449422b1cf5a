import { redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import type { components } from '../../generated/control-schema.d.ts';
import { possibleDecisions } from '../core/model/case-status.ts';
import type { Merchant, PushedItem } from '../core/model/state.ts';
import { pullDocument } from '../core/records/case-documents.ts';

type Schemas = components['schemas'];

/** Describes a case without personal data. */
export function merchantSummary(merchant: Merchant): Schemas['MerchantSummary'] {
  const { id, customer, status, realm, flow, distributorId, createdAt, submission } = merchant;
  return {
    id,
    signzyAppId: customer.signzyAppId,
    status,
    realmId: realm.id,
    flowId: flow.id,
    distributorId,
    createdAt,
    ...(submission && { submittedAt: submission.last }),
    mayBecome: possibleDecisions(status),
  };
}

/** Describes a case with its pushed items. Data that the contract does not classify as public is masked, unless revealed. */
export function merchantDetails(merchant: Merchant, reveal: boolean): Schemas['MerchantDetails'] {
  const document = pullDocument(merchant);
  const shown = reveal ? document : maskedDocument(document);
  const data = reveal ? merchant.items : maskedItems(merchant.items);
  const { decision } = merchant;
  return {
    ...merchantSummary(merchant),
    revealed: reveal,
    details: { ...shown.result.merchantData.basicDetails },
    pages: pagesOf(merchant.items, data),
    ...(decision && { decision }),
  };
}

function maskedDocument(document: ReturnType<typeof pullDocument>) {
  // Masking changes values only: the properties that are read above keep their types.
  return redact(document, responses.pullMerchant[200]) as typeof document;
}

function maskedItems(items: readonly PushedItem[]) {
  return (redact({ data: items }, requests.pushMerchant) as { data: readonly Pick<PushedItem, 'data'>[] })
    .data;
}

function pagesOf(
  items: readonly PushedItem[],
  shown: readonly Pick<PushedItem, 'data'>[],
): Schemas['MerchantDetails']['pages'] {
  const shownItems = items.map((item, at) => ({ ...item, data: { ...shown[at]?.data } }));
  return [...Map.groupBy(shownItems, ({ pageId }) => pageId)].map(([pageId, found]) => ({
    pageId,
    pageType: found[0]?.pageType ?? '',
    widgets: found.map(({ widgetName, data }) => ({ name: widgetName, data })),
  }));
}
