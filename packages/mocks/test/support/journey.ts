import { requests } from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/index.ts';

export interface ApiResponse {
  readonly status: number;
  // Tests may read any property of a body.
  readonly body: Body;
}

export interface Body {
  readonly [name: string]: Body & string & number & boolean & Body[];
}

export type Fetch = (request: Request) => Promise<Response>;

export const start: number = 1_700_000_000_861;
export const realmId: string = requests.createMerchant.customer.realmId;
export const flowId: string = requests.createMerchant.customer.flowId;

/** The parts of a partner's request. `json` becomes the body. */
export interface RequestParts {
  readonly token?: string;
  readonly json?: unknown;
  readonly query?: string;
  readonly path?: string;
  readonly init?: RequestInit;
}

/** Sends requests to a sandbox over any transport. */
export class ApiSession {
  readonly fetch: Fetch;
  readonly baseUrl: string;

  constructor(fetch: Fetch, baseUrl = 'http://sandbox.test') {
    this.fetch = fetch;
    this.baseUrl = baseUrl;
  }

  async send(
    id: OperationId,
    { token, json, query = '', path, init = {} }: RequestParts = {},
  ): Promise<ApiResponse> {
    const { method, path: template } = operations[id];
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', token);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? init.body : JSON.stringify(json);
    const request = new Request(`${this.baseUrl}${path ?? template}${query}`, {
      method,
      ...init,
      headers,
      ...(body !== undefined && { body }),
    });
    return readResponse(await this.fetch(request));
  }
}

export async function readResponse(response: Response): Promise<ApiResponse> {
  return { status: response.status, body: (await response.json()) as Body };
}

/** A partner that is logged in and linked and has a flow. */
interface ReadyPartner {
  readonly distributorId: string;
  readonly token: string;
}

export async function readyPartner(
  api: ApiSession,
  administrator: string,
  username = 'example-broker',
): Promise<ReadyPartner> {
  const credentials = { ...requests.loginPartner.credentials, username };
  const created = await api.send('createPartner', { token: administrator, json: credentials });
  const distributorId = created.body['id'] ?? '';
  const login = await api.send('loginPartner', { json: credentials });
  const token = login.body['id'] ?? '';
  await api.send('linkPartner', { token, json: { distributorId, realmId } });
  await api.send('assignFlows', { token, json: { distributorId, realmId, flowIds: [flowId] } });
  return { distributorId, token };
}

export async function createMerchant(api: ApiSession, token: string): Promise<string> {
  const response = await api.send('createMerchant', { token, json: requests.createMerchant.customer });
  return response.body['id'] ?? '';
}

export function pushOf(merchantId: string): typeof requests.pushMerchant.twoDocumentsOnOnePage {
  return { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId };
}

export function pullOf(merchantId: string, token: string): RequestParts {
  return {
    token,
    path: `/api/distributors/pullMerchant/${merchantId}`,
    query: `?realmId=${realmId}&version=1.1.0`,
  };
}

export interface ReadySandbox extends ReadyPartner {
  readonly clock: { now: number };
  readonly sandbox: Sandbox;
  readonly api: ApiSession;
}

/** Creates a sandbox with a clock that only the test moves, and a ready partner. */
export async function readySandbox(options: SandboxOptions = {}): Promise<ReadySandbox> {
  const clock = { now: start };
  const sandbox = createSandbox({ now: () => clock.now, ...options });
  const api = new ApiSession(sandbox.fetch);
  const partner = await readyPartner(api, sandbox.fixtures.administratorToken);
  return { clock, sandbox, api, ...partner };
}

/** Creates a merchant and pushes its data. */
export async function pendingMerchant(api: ApiSession, token: string): Promise<string> {
  const merchantId = await createMerchant(api, token);
  await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  return merchantId;
}

/** Performs every operation of a partner and returns the responses. */
export async function journey(api: ApiSession, sandbox: Sandbox): Promise<readonly ApiResponse[]> {
  const responses: ApiResponse[] = [];
  const recording = new ApiSession(async (request) => {
    const response = await api.fetch(request);
    const text = await response.clone().text();
    responses.push({ status: response.status, body: JSON.parse(text.replaceAll(api.baseUrl, '')) as Body });
    return response;
  }, api.baseUrl);
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
  return responses;
}
