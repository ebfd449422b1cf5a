import { find } from '../model/table.ts';
import { linkOf } from '../records/links.ts';
import { authorizationRequired, fail, succeed } from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

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
        data: { ...(sampleData ? samples : labels) },
      })),
    );
    return succeed({ flowId: flow.id, realmId, merchantId: 'id of the merchant', data });
  },
};
