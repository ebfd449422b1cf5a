import { requests } from '../../openapi/dist/examples.js';

/** What is asked of every contestant, over and over. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** One valid request to read and one to write, and of each a copy that the contract forbids. */
export interface Questions {
  readonly get: Question;
  readonly post: Question;
  readonly invalid: readonly Question[];
}

const { customer } = requests.createMerchant;
const { credentials } = requests.loginPartner;
const json = { 'content-type': 'application/json' };

/** Asks for a merchant, and for another to be created, with a partner's token. */
export function questions(token: string, merchantId: string): Questions {
  const path = `/api/distributors/pullMerchant/${merchantId}`;
  const get: Question = {
    method: 'GET',
    path: `${path}?realmId=${customer.realmId}&version=1.1.0`,
    headers: { authorization: token },
  };
  const post: Question = {
    method: 'POST',
    path: '/api/distributors/createMerchant',
    headers: { authorization: token, ...json },
    body: JSON.stringify(customer),
  };
  const { name: _, ...nameless } = customer;
  return {
    get,
    post,
    invalid: [
      { ...get, path },
      { ...post, body: JSON.stringify(nameless) },
    ],
  };
}

/** Makes a partner of ours who may ask; peers answer anybody. */
export async function becomePartner(url: string, administratorToken: string): Promise<Questions> {
  const { realmId, flowId } = customer;
  const send = async (path: string, token: string, body: object): Promise<string> => {
    const headers = { ...json, authorization: token };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return String(Object(await response.json()).id);
  };
  const distributorId = await send('/api/distributors', administratorToken, credentials);
  const token = await send('/api/distributors/login', '', credentials);
  await send('/api/distributorlink', token, { distributorId, realmId });
  await send('/api/applications/updateDistributorLink', token, { distributorId, realmId, flowIds: [flowId] });
  return questions(token, await send('/api/distributors/createMerchant', token, customer));
}

/** Asks once. */
export async function ask(url: string, { path, method, headers, body }: Question): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(10_000),
  });
}
