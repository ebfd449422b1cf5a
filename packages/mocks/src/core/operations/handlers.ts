import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { createMerchant } from './create-merchant.ts';
import type { OperationHandler } from './operation-handler.ts';
import { assignFlows, linkPartner, registerCallbacks } from './partner-links.ts';
import { createPartner, loginPartner } from './partners.ts';
import { pushMerchant } from './push-merchant.ts';
import { getPushMerchantSpec, pullMerchant } from './reads.ts';
import { respondByExample } from './respond-by-example.ts';
import { uploadBase64, uploadFile } from './uploads.ts';

/** Every operation of the contract. A new operation in our contract does not compile until a handler exists. */
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

/**
 * Returns the handler of an operation, for code that treats all operations alike. An operation that a correction
 * added has no handler of its own.
 */
export function handlerOf(operationId: OperationId): OperationHandler<OperationId> {
  // The table pairs each id with its handler. TypeScript cannot track this pair through a variable.
  const handler = handlers[operationId] as OperationHandler<OperationId> | undefined;
  return handler ?? respondByExample(operationId);
}
