import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { assignFlows } from './assign-flows.ts';
import { createMerchant } from './create-merchant.ts';
import { createPartner } from './create-partner.ts';
import { getPushMerchantSpec } from './get-push-merchant-spec.ts';
import { linkPartner } from './link-partner.ts';
import { loginPartner } from './login-partner.ts';
import type { OperationHandler } from './operation-handler.ts';
import { pullMerchant } from './pull-merchant.ts';
import { pushMerchant } from './push-merchant.ts';
import { registerCallbacks } from './register-callbacks.ts';
import { uploadBase64 } from './upload-base64.ts';
import { uploadFile } from './upload-file.ts';

/** Every operation of the contract; one that is added there does not compile until it is handled here. */
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

/** The handler of an operation, for code that treats them alike. */
export function handlerOf(operationId: OperationId): OperationHandler<OperationId> {
  // The table pairs each id with the handler of that id; TypeScript cannot follow the pair through a variable.
  return handlers[operationId] as OperationHandler<OperationId>;
}
