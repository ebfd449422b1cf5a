import type { OperationId } from '@partner-ecosystem/openapi/operations';
import createClient, { type Client } from 'openapi-fetch';
import type { CallOptions, RawResponse } from './call/partner-operations.ts';
import { createPartnerClient, type PartnerClient } from './create-partner-client.ts';
import type { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
import type { PartnerError } from './errors/partner-error.ts';
import { contractUrl, parseContractCall, serializePath } from './openapi-fetch/contract-call.ts';
import type { ContractPaths } from './openapi-fetch/contract-paths.ts';
import { toContractResponse } from './openapi-fetch/contract-response.ts';
import { serializeBody } from './openapi-fetch/serialize-body.ts';
import type { PartnerClientOptions } from './options.ts';

export type { ContractPaths as paths };

type AnyRawMethod = (input: object, options: CallOptions) => Promise<RawResponse<OperationId>>;

/**
 * Creates a client of openapi-fetch whose requests are calls of a {@link PartnerClient}, with its login, retries, limits
 * and guard. A status other than 2xx resolves to `{ error, response }`. The promise rejects with a {@link PartnerError} if
 * there is no such response: the login or the network failed, or the outcome of a write is unknown
 * ({@link OutcomeUnknownError}).
 *
 * @param client - A client, whose login is then shared, or the options of a new client.
 * @throws TypeError, RangeError if an option is invalid. Nothing is sent yet.
 * @example
 * ```ts
 * const client = createOpenApiClient({ environment: 'preproduction', credentials });
 * const { data, error } = await client.GET('/api/distributors/pullMerchant/{merchantId}', {
 *   params: { path: { merchantId }, query: { realmId } },
 * });
 * ```
 */
export function createOpenApiClient(client: PartnerClient | PartnerClientOptions): Client<ContractPaths> {
  const given = { ...client };
  const { raw } = 'raw' in given ? given : createPartnerClient(given);
  return createClient<ContractPaths>({
    baseUrl: contractUrl,
    pathSerializer: serializePath,
    bodySerializer: serializeBody,
    async fetch(request) {
      const { operationId, input } = await parseContractCall(request);
      // Each method has its own type of input; the request has been matched with this operation.
      const call = raw[operationId] as AnyRawMethod;
      const headers = Object.fromEntries(request.headers);
      return toContractResponse(await call(input, { headers, signal: request.signal }));
    },
  });
}
