import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Fixtures } from '../../../packages/mocks/src/index.ts';
import { type ApiRequest, idOf, password } from '../api/api-request.ts';
import { RequestBuilder } from '../api/request-builder.ts';
import { createRandom, type Random } from '../run/random.ts';
import { spoilRequest } from './spoil-request.ts';

interface TrafficPartner {
  readonly username: string;
  readonly id: string;
  token: string;
  readonly merchantIds: string[];
}

const operationsWithoutCase = ['linkPartner', 'registerCallbacks', 'assignFlows', 'createMerchant'] as const;

/** The operations of a partner with cases. Repeated operations are more frequent. */
const frequentOperations = [
  ...['createPartner', 'loginPartner', 'getPushMerchantSpec', 'uploadBase64', ...operationsWithoutCase],
  ...Array(2).fill('createMerchant'),
  ...Array(4).fill('pushMerchant'),
  ...Array(4).fill('pullMerchant'),
] as readonly OperationId[];

/** Random requests of several partners. One request in six has a mistake. A seed repeats the requests. */
export class Traffic {
  readonly partners: TrafficPartner[] = [];
  readonly #random: Random;
  readonly #builder: RequestBuilder;

  /** @param tag - A part of every name and value, so that the origin of data can be recognised. */
  constructor(seed: string, fixtures: Fixtures, tag?: string) {
    this.#random = createRandom(seed);
    this.#builder = new RequestBuilder(seed, fixtures, tag);
  }

  /** Returns a request, and a function that records the response. */
  next() {
    const owner = this.partners.length > 0 ? this.#random.pick(this.partners) : undefined;
    const operationId = this.#nextOperation(owner);
    const request = this.#validRequest(operationId, owner);
    const isSpoiled = owner !== undefined && this.#random.oneIn(6);
    return {
      request: isSpoiled ? spoilRequest(request, this.#random) : request,
      record: (status: number, body: unknown) => {
        if (status === 200) this.#record(operationId, owner, body);
      },
    };
  }

  #nextOperation(owner: TrafficPartner | undefined): OperationId {
    if (!owner) return 'createPartner';
    if (owner.token === '') return 'loginPartner';
    return this.#random.pick(owner.merchantIds.length === 0 ? operationsWithoutCase : frequentOperations);
  }

  #validRequest(operationId: OperationId, owner: TrafficPartner | undefined): ApiRequest {
    const { username = '', id = '', token = '', merchantIds = [] } = owner ?? {};
    const merchantId = merchantIds.length > 0 ? this.#random.pick(merchantIds) : '';
    // A partner without a link cannot name a realm at login.
    const parts = operationId === 'loginPartner' ? { body: { username, password } } : {};
    return this.#builder.request(operationId, { username, id, token, merchantId }, parts);
  }

  #record(operationId: OperationId, owner: TrafficPartner | undefined, body: unknown): void {
    const id = idOf(body);
    if (operationId === 'createPartner') {
      const { username } = Object(body) as { readonly username: string };
      this.partners.push({ username, id, token: '', merchantIds: [] });
    }
    if (operationId === 'loginPartner' && owner) owner.token = id;
    if (operationId === 'createMerchant') owner?.merchantIds.push(id);
  }
}
