import { requests } from '../../openapi/dist/examples.js';
import { ApiSession, createMerchant, readyPartner } from '../../packages/mocks/test/support/journey.ts';

/** A request that the benchmark repeats. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

const { customer } = requests.createMerchant;
const json = { 'content-type': 'application/json' };

/** Builds a valid read that pulls a merchant, a valid write that creates a merchant, and an invalid copy of each. */
export function benchRequests(token: string, merchantId: string) {
  const path = `/api/distributors/pullMerchant/${merchantId}`;
  const get: BenchRequest = {
    method: 'GET',
    path: `${path}?realmId=${customer.realmId}&version=1.1.0`,
    headers: { authorization: token },
  };
  const post: BenchRequest = {
    method: 'POST',
    path: '/api/distributors/createMerchant',
    headers: { authorization: token, ...json },
    body: JSON.stringify(customer),
  };
  const { name: _, ...nameless } = customer;
  const invalid: BenchRequest[] = [
    { ...get, path },
    { ...post, body: JSON.stringify(nameless) },
  ];
  return { get, post, invalid };
}

/** Creates a partner with a merchant in the sandbox. The peers do not need a partner. */
export async function enrolPartner(url: string, administratorToken: string) {
  const api = new ApiSession(fetch, url);
  const { token } = await readyPartner(api, administratorToken);
  return benchRequests(token, await createMerchant(api, token));
}

/** Sends a request once. */
export function send(url: string, { path, ...request }: BenchRequest): Promise<Response> {
  return fetch(`${url}${path}`, { ...request, signal: AbortSignal.timeout(60_000) });
}
