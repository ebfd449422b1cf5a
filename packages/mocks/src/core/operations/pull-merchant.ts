import { pullDocument } from '../documents/pull-document.ts';
import { linkOf } from '../links.ts';
import { type OperationHandler, refuse, succeed } from '../operation-handler.ts';
import { authorizationRequired, modelNotFound } from '../refusals.ts';
import { find } from '../table.ts';

export const pullMerchant: OperationHandler<'pullMerchant'> = {
  model: 'merchant',
  handle({ parameters, caller }, state) {
    const { merchantId, realmId } = parameters;
    if (!linkOf(state, caller.id, realmId)) return refuse(authorizationRequired);
    const merchant = find(state.merchants, merchantId);
    if (!merchant) return refuse(modelNotFound('merchant', merchantId));
    if (merchant.distributorId !== caller.id) return refuse(authorizationRequired);
    if (merchant.realm.id !== realmId) return refuse(modelNotFound('merchant', merchantId));
    return succeed(pullDocument(merchant));
  },
};
