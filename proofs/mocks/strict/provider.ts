import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { type Extent, generate } from '../../../packages/mocks/src/core/contract/generate.ts';
import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';
import type { Realm } from '../../../packages/mocks/src/index.ts';
import { type RunningSandbox, startSandbox } from '../../../packages/mocks/src/node.ts';
import type { Sent } from './wrong.ts';

const password = 'Not-a-real-password-1';

/** What came back. */
interface Answer {
  readonly status: number;
  /** Where the request departs from the contract, if it says so. */
  readonly violation: string | undefined;
  /** The `id` in the body. */
  readonly id: string;
  readonly milliseconds: number;
}

/** A sandbox over HTTP with a partner who is ready to work, and valid requests to it. */
export class Provider {
  /** A partner who is ready to work. */
  readonly partner = { id: '', username: '', token: '' };
  merchantId = '';
  readonly #running: RunningSandbox;
  readonly #derive: (key: string) => string;
  #names = 0;

  static async open(seed: string): Promise<Provider> {
    const provider = new Provider(await startSandbox({ port: 0, controlPort: 0, seed }), createDerive(seed));
    await provider.#enter();
    return provider;
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

  async #enter(): Promise<void> {
    this.partner.username = this.#fresh();
    const { username } = this.partner;
    this.partner.id = (await this.send({ operationId: 'createPartner', body: { username, password } })).id;
    this.partner.token = (await this.send({ operationId: 'loginPartner', body: { username, password } })).id;
    await this.send({ operationId: 'linkPartner', body: this.bodyOf('linkPartner', 'enter') });
    this.merchantId = (
      await this.send({ operationId: 'createMerchant', body: this.bodyOf('createMerchant', 'enter') })
    ).id;
  }

  async send({ operationId, body, raw, headers = {}, target }: Sent): Promise<Answer> {
    const { method, path } = operations[operationId];
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const type = text === undefined ? undefined : 'application/json';
    const all = { authorization: this.#tokenFor(operationId), 'content-type': type, ...headers };
    const given = Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined);
    const begun = performance.now();
    const response = await fetch(`${this.#running.url}${target ?? path}`, {
      ...{ method, headers: given, signal: AbortSignal.timeout(10_000) },
      ...(text !== undefined && { body: text }),
    });
    const told: unknown = await response.json();
    const [pointer] = response.headers.get('sandbox-violation')?.split(' ') ?? [];
    return {
      status: response.status,
      violation: pointer === undefined ? undefined : decodeURI(pointer),
      id: `${(Object(told) as { readonly id?: unknown }).id}`,
      milliseconds: performance.now() - begun,
    };
  }

  #tokenFor(operationId: OperationId): string | undefined {
    const security: readonly string[] = operations[operationId].security;
    if (security.length === 0) return undefined;
    return security.includes('PartnerToken')
      ? this.partner.token
      : this.#running.sandbox.fixtures.administratorToken;
  }

  /** A body that the sandbox must take: made from the schema, with the names of this world. */
  bodyOf(operationId: OperationId, key: string, extent: Extent = this.#extentOf(key)): object {
    const schema = requests[operationId];
    const made: object = Object(schema && generate(schema, this.#derive, key, extent));
    const own = operationId === 'createMerchant' ? { [`own ${key}`]: this.#derive(key) } : {};
    return { ...made, ...own, ...this.#known(operationId) };
  }

  #extentOf(key: string): Extent {
    return this.#derive(`extent ${key}`) < '8' ? 'required' : 'everything';
  }

  #fresh(): string {
    return `example-${++this.#names}`;
  }

  /** What only this world can tell. */
  #known(operationId: OperationId): object {
    const { realm, merchantId } = this;
    const { id: distributorId, username } = this.partner;
    const [flow] = realm.flows;
    const place = { realmId: realm.id, flowId: flow?.id };
    switch (operationId) {
      case 'createPartner':
        return { username: this.#fresh(), email: `${this.#fresh()}@example.com`, password };
      case 'loginPartner':
        return { username, password, realm: realm.name };
      case 'linkPartner':
      case 'assignFlows':
        return { distributorId, realmId: realm.id, flowIds: [flow?.id] };
      case 'createMerchant':
        return { ...place, realm: realm.name };
      case 'pushMerchant':
        return { ...place, merchantId, data: this.#items() };
      case 'registerCallbacks':
        return { ...place, distributorId };
      case 'uploadBase64':
        return { base64String: 'AAAA' };
      default:
        return {};
    }
  }

  #items(): object[] {
    const pages = this.realm.flows[0]?.pages ?? [];
    return pages.flatMap(({ id, widgets }) =>
      widgets.map(({ name, labels }) => ({
        pageId: id,
        widgetName: name,
        data: Object.fromEntries(Object.keys(labels).map((label) => [label, 'example'])),
      })),
    );
  }
}
