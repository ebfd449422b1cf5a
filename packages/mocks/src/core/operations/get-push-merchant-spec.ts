import { linkOf } from '../links.ts';
import { type OperationHandler, refuse, succeed } from '../operation-handler.ts';
import { authorizationRequired } from '../refusals.ts';
import { find } from '../table.ts';

/** Without a flow it describes the partner's first. */
export const getPushMerchantSpec: OperationHandler<'getPushMerchantSpec'> = {
  model: 'application',
  handle({ parameters, caller }, state) {
    const { applicationId: realmId, sampleData } = parameters;
    const link = linkOf(state, caller.id, realmId);
    const flowId = link?.flowIds.find((id) => id === (parameters.flowId ?? id));
    const flow = find(state.realms, realmId)?.flows.find(({ id }) => id === flowId);
    if (!flow) return refuse(authorizationRequired);
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
