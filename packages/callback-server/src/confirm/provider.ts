import type { MerchantPuller } from '@partner-ecosystem/client';

/**
 * Creates a client that pulls merchants.
 *
 * @param fetch - Sends the client's requests, and keeps the call budget. Pass it to the client.
 * @example
 * ```ts
 * const provider = (fetch) =>
 *   createPartnerClient({ environment: 'preproduction', credentials, fetch, trustFetchErrors: true });
 * ```
 */
export type Provider = (fetch: (request: Request) => Promise<Response>) => MerchantPuller;
