import { redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import type { components } from '../../generated/control-schema.d.ts';
import { pullDocument } from '../core/documents/pull-document.ts';
import { possibleDecisions } from '../core/model/case-status.ts';
import type { Merchant, PushedItem } from '../core/model/state.ts';

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

function maskedDocument(document: ReturnType<typeof pullDocument>): ReturnType<typeof pullDocument> {
  // Masking changes values only: the properties that are read below keep their types.
  return redact(document, responses.pullMerchant[200]) as ReturnType<typeof pullDocument>;
}

function maskedItems(items: readonly PushedItem[]): readonly Pick<PushedItem, 'data'>[] {
  const { data } = redact({ data: items }, requests.pushMerchant) as {
    data: readonly Pick<PushedItem, 'data'>[];
  };
  return data;
}

function pagesOf(
  items: readonly PushedItem[],
  shown: readonly Pick<PushedItem, 'data'>[],
): Schemas['MerchantDetails']['pages'] {
  const pageIds = [...new Set(items.map(({ pageId }) => pageId))];
  return pageIds.map((pageId) => ({
    pageId,
    pageType: items.find((item) => item.pageId === pageId)?.pageType ?? '',
    widgets: items.flatMap((item, at) =>
      item.pageId === pageId ? [{ name: item.widgetName, data: { ...shown[at]?.data } }] : [],
    ),
  }));
}
