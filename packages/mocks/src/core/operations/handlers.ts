import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { createMerchant } from './create-merchant.ts';
import { getPushMerchantSpec } from './get-push-merchant-spec.ts';
import type { OperationHandler } from './operation-handler.ts';
import { assignFlows, linkPartner, registerCallbacks } from './partner-links.ts';
import { createPartner, loginPartner } from './partners.ts';
import { pullMerchant } from './pull-merchant.ts';
import { pushMerchant } from './push-merchant.ts';
import { uploadBase64, uploadFile } from './uploads.ts';

/** Every operation of the contract. A new operation in the contract stops the build until a handler exists. */
const handlers: { readonly [Id in OperationId]: OperationHandler<Id> } = {
  createPartner,
  loginPartner,
  linkPartner,
  assignFlows,
  createMerchant,
  getPushMerchantSpec,
  pushMerchant,
  pullMerchant,
  registerCallbacks,
  uploadFile,
  uploadBase64,
};

/** Returns the handler of an operation, for code that treats all operations alike. */
export function handlerOf(operationId: OperationId): OperationHandler<OperationId> {
  // The table pairs each id with its handler. TypeScript cannot track this pair through a variable.
  return handlers[operationId] as OperationHandler<OperationId>;
}
