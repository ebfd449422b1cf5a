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
