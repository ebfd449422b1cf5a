import { find } from '../model/table.ts';
import { pullDocument } from '../records/case-documents.ts';
import { linkOf } from '../records/links.ts';
import { authorizationRequired, fail, modelNotFound, succeed } from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

export const pullMerchant: OperationHandler<'pullMerchant'> = {
  model: 'merchant',
  handle({ parameters, caller }, state) {
    const { merchantId, realmId } = parameters;
    if (!linkOf(state, caller.id, realmId)) return fail(authorizationRequired);
    const merchant = find(state.merchants, merchantId);
    if (!merchant) return fail(modelNotFound('merchant', merchantId));
    if (merchant.distributorId !== caller.id) return fail(authorizationRequired);
    if (merchant.realm.id !== realmId) return fail(modelNotFound('merchant', merchantId));
    return succeed(pullDocument(merchant));
  },
};

/** Describes the pages of a flow. Without a flowId: of the partner's first flow. */
export const getPushMerchantSpec: OperationHandler<'getPushMerchantSpec'> = {
  model: 'application',
  handle({ parameters, caller }, state) {
    const { applicationId: realmId, sampleData } = parameters;
    const link = linkOf(state, caller.id, realmId);
    const flowId = link?.flowIds.find((id) => id === (parameters.flowId ?? id));
    const flow = find(state.realms, realmId)?.flows.find(({ id }) => id === flowId);
    if (!flow) return fail(authorizationRequired);
    const data = flow.pages.flatMap((page) =>
      page.widgets.map(({ name, labels, samples }) => ({
        pageId: page.id,
        widgetName: name,
        data: { ...(sampleData === true ? samples : labels) },
      })),
    );
    return succeed({ flowId: flow.id, realmId, merchantId: 'id of the merchant', data });
  },
};
