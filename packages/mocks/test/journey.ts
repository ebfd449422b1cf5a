import { requests } from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import { createSandbox, type Sandbox, type SandboxOptions } from '../src/index.ts';

export interface Reply {
  readonly status: number;
  // A test reads bodies freely and asserts what it reads.
  readonly body: Body;
}

export interface Body {
  readonly [name: string]: Body & string & number & boolean & Body[];
}

export type Fetch = (request: Request) => Promise<Response>;

export const start: number = 1_700_000_000_861;
export const realmId: string = requests.createMerchant.customer.realmId;
export const flowId: string = requests.createMerchant.customer.flowId;

/** A request as a partner would send it, with JSON unless told otherwise. */
export interface Sent {
  readonly token?: string;
  readonly json?: unknown;
  readonly query?: string;
  readonly path?: string;
  readonly init?: RequestInit;
}

/** Speaks to a sandbox over any transport. */
export class Talk {
  readonly fetch: Fetch;
  readonly base: string;

  constructor(fetch: Fetch, base = 'http://sandbox.test') {
    this.fetch = fetch;
    this.base = base;
  }

  async send(id: OperationId, { token, json, query = '', path, init = {} }: Sent = {}): Promise<Reply> {
    const { method, path: template } = operations[id];
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', token);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? init.body : JSON.stringify(json);
    const request = new Request(`${this.base}${path ?? template}${query}`, {
      method,
      ...init,
      headers,
      ...(body !== undefined && { body }),
    });
    return replyOf(await this.fetch(request));
  }
}

export async function replyOf(response: Response): Promise<Reply> {
  return { status: response.status, body: (await response.json()) as Body };
}

/** A partner that is logged in, linked and has its flow. */
export interface ReadyPartner {
  readonly distributorId: string;
  readonly token: string;
}

export async function readyPartner(
  talk: Talk,
  administrator: string,
  username = 'example-broker',
): Promise<ReadyPartner> {
  const credentials = { ...requests.loginPartner.credentials, username };
  const created = await talk.send('createPartner', { token: administrator, json: credentials });
  const distributorId = created.body['id'] ?? '';
  const login = await talk.send('loginPartner', { json: credentials });
  const token = login.body['id'] ?? '';
  await talk.send('linkPartner', { token, json: { distributorId, realmId } });
  await talk.send('assignFlows', { token, json: { distributorId, realmId, flowIds: [flowId] } });
  return { distributorId, token };
}

export async function createMerchant(talk: Talk, token: string): Promise<string> {
  const reply = await talk.send('createMerchant', { token, json: requests.createMerchant.customer });
  return reply.body['id'] ?? '';
}

export function pushOf(merchantId: string): typeof requests.pushMerchant.twoDocumentsOnOnePage {
  return { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId };
}

export function pullOf(merchantId: string, token: string): Sent {
  return {
    token,
    path: `/api/distributors/pullMerchant/${merchantId}`,
    query: `?realmId=${realmId}&version=1.1.0`,
  };
}

export interface ReadySandbox extends ReadyPartner {
  readonly clock: { now: number };
  readonly sandbox: Sandbox;
  readonly talk: Talk;
}

/** A sandbox on a clock that only the test moves, with a partner who is ready to work. */
export async function readySandbox(options: SandboxOptions = {}): Promise<ReadySandbox> {
  const clock = { now: start };
  const sandbox = createSandbox({ now: () => clock.now, ...options });
  const talk = new Talk(sandbox.fetch);
  const partner = await readyPartner(talk, sandbox.fixtures.administratorToken);
  return { clock, sandbox, talk, ...partner };
}

/** A merchant whose data is pushed. */
export async function pendingMerchant(talk: Talk, token: string): Promise<string> {
  const merchantId = await createMerchant(talk, token);
  await talk.send('pushMerchant', { token, json: pushOf(merchantId) });
  return merchantId;
}

/** Everything a partner does, and everything that is answered, wherever it was asked. */
export async function journey(talk: Talk, sandbox: Sandbox): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  const recording = new Talk(async (request) => {
    const response = await talk.fetch(request);
    const text = await response.clone().text();
    replies.push({ status: response.status, body: JSON.parse(text.replaceAll(talk.base, '')) as Body });
    return response;
  }, talk.base);
  const { distributorId, token } = await readyPartner(recording, sandbox.fixtures.administratorToken);
  const callbacks = { accept: 'http://127.0.0.1:9/accept', pending: 'http://127.0.0.1:9/pending' };
  await recording.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await recording.send('getPushMerchantSpec', {
    token,
    path: `/api/distributors/pushMerchantSpec/${realmId}`,
    query: '?sampleData=true',
  });
  await recording.send('uploadBase64', { json: requests.uploadBase64.image });
  const form = new FormData();
  form.set('file', new Blob(['not an image'], { type: 'image/png' }), 'a.png');
  form.set('ttl', '1 month');
  await recording.send('uploadFile', { init: { body: form } });
  const accepted = await pendingMerchant(recording, token);
  const rejected = await pendingMerchant(recording, token);
  sandbox.backOffice.accept(accepted);
  sandbox.backOffice.reject(rejected, { reason: 'The photo does not match.' });
  await recording.send('pullMerchant', pullOf(accepted, token));
  await recording.send('pullMerchant', pullOf(rejected, token));
  await recording.send('pullMerchant', pullOf('6553f1000000000000000099', token));
  return replies;
}
