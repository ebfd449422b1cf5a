import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Extent } from '../../../packages/mocks/src/core/contract/generate.ts';
import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';
import type { Realm } from '../../../packages/mocks/src/index.ts';
import { type RunningSandbox, startSandbox } from '../../../packages/mocks/src/node.ts';
import {
  type ApiRequest,
  apiRequest,
  idOf,
  parseJson,
  password,
  type RequestParts,
  send,
} from '../api/api-request.ts';
import { generateBody, pushItems, realmIds } from '../api/request-bodies.ts';

interface Outcome {
  readonly status: number;
  /** The place of the violation in the request, if the response names a place. */
  readonly pointer: string | undefined;
  /** The `id` of the body. */
  readonly id: string;
  /** CPU time of this process, which runs the sandbox too. Unlike elapsed time, a busy machine does not change it. */
  readonly cpuMs: number;
}

/** A logged-in partner of a sandbox over HTTP, with valid requests for every operation. */
export class Session {
  readonly partner = { id: '', username: '', token: '' };
  merchantId = '';
  readonly #running: RunningSandbox;
  readonly #derive: (key: string) => string;
  #names = 0;

  static async open(seed: string): Promise<Session> {
    const session = new Session(await startSandbox({ port: 0, controlPort: 0, seed }), createDerive(seed));
    await session.#enrol();
    return session;
  }

  private constructor(running: RunningSandbox, derive: (key: string) => string) {
    this.#running = running;
    this.#derive = derive;
  }

  get realm(): Realm {
    return this.#running.sandbox.fixtures.realm;
  }

  close(): Promise<void> {
    return this.#running.close();
  }

  async #enrol(): Promise<void> {
    const { partner } = this;
    partner.username = this.#newName();
    const credentials = { username: partner.username, password };
    const sendBody = async (operationId: OperationId, body: object) =>
      (await this.send(this.request(operationId, { body }))).id;
    partner.id = await sendBody('createPartner', credentials);
    partner.token = await sendBody('loginPartner', credentials);
    await sendBody('linkPartner', this.bodyOf('linkPartner', 'enrol'));
    this.merchantId = await sendBody('createMerchant', this.bodyOf('createMerchant', 'enrol'));
  }

  /** Builds a request with the token that the operation needs. */
  request(operationId: OperationId, parts: RequestParts): ApiRequest {
    const { security }: { readonly security: readonly string[] } = operations[operationId];
    const { administratorToken } = this.#running.sandbox.fixtures;
    const token = security.includes('PartnerToken') ? this.partner.token : administratorToken;
    return apiRequest(operationId, { ...(security.length > 0 && { token }), ...parts });
  }

  async send(request: ApiRequest): Promise<Outcome> {
    const before = process.cpuUsage();
    const { status, headers, text } = await send(fetch, this.#running.url, request);
    const { user, system } = process.cpuUsage(before);
    const pointer = headers.get('sandbox-violation')?.split(' ')[0];
    return {
      status,
      pointer: pointer && decodeURI(pointer),
      id: idOf(parseJson(text)),
      cpuMs: (user + system) / 1000,
    };
  }

  /** Generates a valid body from the schema, with ids and names of this sandbox. */
  bodyOf(operationId: OperationId, key: string, extent?: Extent): object {
    const chosen = this.#derive(`extent ${key}`) < '8' ? 'required' : 'everything';
    return {
      ...generateBody(operationId, this.#derive, key, extent ?? chosen),
      ...this.#knownProperties(operationId, key),
    };
  }

  #newName(): string {
    return `example-${++this.#names}`;
  }

  #knownProperties(operationId: OperationId, key: string): object {
    const { realm, merchantId } = this;
    const { id: distributorId, username } = this.partner;
    const { realmId, flowId } = realmIds(realm);
    switch (operationId) {
      case 'createPartner':
        return { username: this.#newName(), email: `${this.#newName()}@example.com`, password };
      case 'loginPartner':
        return { username, password, realm: realm.name };
      case 'linkPartner':
      case 'assignFlows':
        return { distributorId, realmId, flowIds: [flowId] };
      case 'createMerchant':
        return { realmId, flowId, realm: realm.name, [`own ${key}`]: this.#derive(key) };
      case 'pushMerchant':
        return { realmId, flowId, merchantId, data: pushItems(realm, () => 'example') };
      case 'registerCallbacks':
        return { realmId, flowId, distributorId };
      case 'uploadBase64':
        return { base64String: 'AAAA' };
      default:
        return {};
    }
  }
}
