import { successStatus } from '../core/contract/success-status.ts';
import type { ApiRequest, StepResponse } from '../core/model/command.ts';

/** Finds the id of the case in the path, in the request's body or, for a creation, in the response's body. */
export function caseOf({ target, body }: ApiRequest, response: StepResponse): string | undefined {
  if (target.kind !== 'operation') return undefined;
  const { merchantId: given } = Object(body.kind === 'read' ? body.value : undefined);
  const isCreated =
    target.operationId === 'createMerchant' &&
    response.status === successStatus('createMerchant') &&
    'body' in response;
  const merchantId: unknown =
    target.parameters['merchantId'] ?? given ?? (isCreated ? Object(response.body).id : undefined);
  return typeof merchantId === 'string' && /^[0-9a-f]{24}$/.test(merchantId) ? merchantId : undefined;
}
