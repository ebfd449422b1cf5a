import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { type Extent, generate } from '../../../packages/mocks/src/core/contract/generate.ts';
import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';
import type { Fixtures } from '../../../packages/mocks/src/index.ts';
import { type ApiRequest, apiRequest, password, type RequestParts } from './api-request.ts';

/** A partner, with the merchant that its requests concern. */
export interface Partner {
  readonly username: string;
  readonly id: string;
  readonly token: string;
  readonly merchantId: string;
}

/** Builds valid requests from the schemas of the contract and the ids of a sandbox. The contract's examples are not used. */
export class RequestBuilder {
  readonly #fixtures: Fixtures;
  readonly #tag: string;
  readonly #derive: (key: string) => string;
  #count = 0;

  /** @param tag - A part of every name and value, so that the origin of data can be recognised. */
  constructor(seed: string, fixtures: Fixtures, tag = 'example') {
    this.#fixtures = fixtures;
    this.#tag = tag;
    this.#derive = createDerive(seed);
  }

  /** Builds a valid request. `parts` replace the token, the body, the path parameter or the query. */
  request(operationId: OperationId, partner: Partner, parts: RequestParts = {}): ApiRequest {
    const { method, security }: { readonly method: string; readonly security: readonly string[] } =
      operations[operationId];
    const token = security.includes('PartnerToken') ? partner.token : this.#fixtures.administratorToken;
    return apiRequest(operationId, {
      ...this.#parameters(operationId, partner),
      ...(security.length > 0 && { token }),
      ...(method === 'POST' && !('body' in parts) && { body: this.body(operationId, partner) }),
      ...parts,
    });
  }

  /** Generates a valid body. Half of the bodies have the required properties only, unless `extent` is given. */
  body(operationId: OperationId, partner: Partner, extent?: Extent): object {
    const key = `${++this.#count}`;
    const size = extent ?? (this.#derive(`extent ${key}`) < '8' ? 'required' : 'everything');
    const schema = requests[operationId];
    const generated: object = Object(schema && generate(schema, this.#derive, key, size));
    return { ...generated, ...this.#knownProperties(operationId, partner, key, size) };
  }

  #parameters(operationId: OperationId, { merchantId }: Partner): RequestParts {
    const { id } = this.#fixtures.realm;
    if (operationId === 'pullMerchant')
      return { parameter: merchantId, query: `?realmId=${id}&version=1.1.0` };
    return operationId === 'getPushMerchantSpec' ? { parameter: id, query: '?sampleData=true' } : {};
  }

  #knownProperties(operationId: OperationId, partner: Partner, key: string, extent: Extent): object {
    const { realm } = this.#fixtures;
    const place = { realmId: realm.id, flowId: realm.flows[0]?.id };
    const name = `${this.#tag}-${this.#derive(`name ${key}`).slice(0, 10)}`;
    const url = 'http://127.0.0.1:2/callback';
    switch (operationId) {
      case 'createPartner':
        return { username: name, email: `${name}@example.com`, password };
      case 'loginPartner':
        return { username: partner.username, password, realm: realm.name };
      case 'linkPartner':
      case 'assignFlows':
        return { distributorId: partner.id, realmId: realm.id, flowIds: [place.flowId] };
      case 'registerCallbacks':
        return { ...place, distributorId: partner.id, callbacks: { pending: url, accept: url, reject: url } };
      case 'createMerchant':
        return { ...place, realm: realm.name, name, signzyAppId: name, [`own ${key}`]: name };
      case 'pushMerchant':
        return {
          ...place,
          merchantId: partner.merchantId,
          data: this.#items(name).slice(0, extent === 'required' ? 1 : undefined),
        };
      default:
        return { base64String: btoa(name) };
    }
  }

  #items(value: string): object[] {
    const pages = this.#fixtures.realm.flows[0]?.pages ?? [];
    return pages.flatMap(({ id, widgets }) =>
      widgets.map(({ name, labels }) => ({
        pageId: id,
        widgetName: name,
        data: Object.fromEntries(Object.keys(labels).map((label) => [label, value])),
      })),
    );
  }
}
