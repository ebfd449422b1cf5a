import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';
import type { Fixtures } from '../../../packages/mocks/src/index.ts';
import { type ApiRequest, apiRequest, idOf, password } from '../api/api-request.ts';
import { generateBody, pushItems, realmIds } from '../api/request-bodies.ts';
import { createRandom, type Random } from '../run/random.ts';
import { spoilRequest } from './spoil-request.ts';

/** A request, and a function that records the response. */
export interface Exchange {
  readonly request: ApiRequest;
  readonly record: (status: number, body: unknown) => void;
}

interface Partner {
  readonly username: string;
  readonly id: string;
  token: string;
}

interface Case {
  readonly id: string;
  readonly owner: Partner;
}

type Action = 'login' | 'partner' | 'link' | 'create' | 'push' | 'pull' | 'other';

/** The relative frequency of each action of a partner. */
const frequencies: { readonly [A in Action]: number } = {
  login: 1,
  partner: 1,
  link: 2,
  create: 3,
  push: 4,
  pull: 4,
  other: 2,
};
const actions = Object.entries(frequencies).flatMap(([action, count]) =>
  Array<Action>(count).fill(action as Action),
);
const actionsWithoutCase: readonly Action[] = ['link', 'link', 'create'];

/** Random requests of several partners. One request in six has a mistake. A seed repeats the requests. */
export class Traffic {
  readonly partners: Partner[] = [];
  readonly cases: Case[] = [];
  readonly #random: Random;
  readonly #fixtures: Fixtures;
  readonly #derive: (key: string) => string;
  readonly #tag: string;
  #count = 0;

  /** @param tag - A part of every name and value, so that the origin of data can be recognised. */
  constructor(seed: string, fixtures: Fixtures, tag = 'example') {
    this.#random = createRandom(seed);
    this.#derive = createDerive(seed);
    this.#fixtures = fixtures;
    this.#tag = tag;
  }

  next(): Exchange {
    this.#count++;
    if (this.partners.length === 0) return this.#createPartner();
    const { request, record } = this.#valid();
    return { request: this.#random.oneIn(6) ? spoilRequest(request, this.#random) : request, record };
  }

  #valid(): Exchange {
    const owner = this.#random.pick(this.partners);
    if (owner.token === '') return this.#login(owner);
    const own = this.cases.filter((each) => each.owner === owner);
    switch (this.#random.pick(own.length === 0 ? actionsWithoutCase : actions)) {
      case 'login':
        return this.#login(owner);
      case 'partner':
        return this.#createPartner();
      case 'link':
        return this.#link(owner);
      case 'create':
        return this.#createMerchant(owner);
      case 'push':
        return this.#push(owner, this.#random.pick(own));
      case 'pull':
        return this.#pull(owner, this.#random.pick(own));
      case 'other':
        return this.#other(owner);
    }
  }

  #createPartner(): Exchange {
    const username = `${this.#tag}-${this.#random.word()}`;
    const body = { ...this.#body('createPartner'), username, password, email: `${username}@example.com` };
    return {
      request: apiRequest('createPartner', { token: this.#fixtures.administratorToken, body }),
      record: (status, created) => {
        if (status === 200) this.partners.push({ username, id: idOf(created), token: '' });
      },
    };
  }

  #login(owner: Partner): Exchange {
    return {
      request: apiRequest('loginPartner', { body: { username: owner.username, password } }),
      record: (status, login) => {
        if (status === 200) owner.token = idOf(login);
      },
    };
  }

  #link({ id: distributorId, token }: Partner): Exchange {
    const { realmId, flowId } = realmIds(this.#fixtures.realm);
    const operationId = this.#random.pick(['linkPartner', 'registerCallbacks', 'assignFlows'] as const);
    if (operationId !== 'registerCallbacks')
      return unrecorded(operationId, { token, body: { distributorId, realmId, flowIds: [flowId] } });
    const events = ['pending', 'accept', 'reject'].slice(0, 1 + this.#random.below(3));
    const callbacks = Object.fromEntries(events.map((event) => [event, 'http://127.0.0.1:9/callback']));
    return unrecorded(operationId, { token, body: { distributorId, realmId, flowId, callbacks } });
  }

  #createMerchant(owner: Partner): Exchange {
    const { realm } = this.#fixtures;
    const body = {
      ...this.#body('createMerchant'),
      ...realmIds(realm),
      realm: realm.name,
      ...(this.#random.oneIn(3) && { [`own ${this.#random.word()}`]: this.#random.below(99) }),
      name: `${this.#tag} ${this.#random.word()}`,
      signzyAppId: `${this.#tag}-${this.#count}`,
    };
    return {
      request: apiRequest('createMerchant', { token: owner.token, body }),
      record: (status, created) => {
        if (status === 200) this.cases.push({ id: idOf(created), owner });
      },
    };
  }

  #push({ token }: Partner, { id: merchantId }: Case): Exchange {
    const { realm } = this.#fixtures;
    const items = pushItems(realm, () => `${this.#tag} ${this.#random.word()}`);
    const data = items.slice(0, 1 + this.#random.below(items.length));
    return unrecorded('pushMerchant', { token, body: { ...realmIds(realm), merchantId, data } });
  }

  #pull({ token }: Partner, { id }: Case): Exchange {
    const query = `?realmId=${this.#fixtures.realm.id}${this.#random.oneIn(2) ? '&version=1.1.0' : ''}`;
    return unrecorded('pullMerchant', { token, parameter: id, query });
  }

  #other({ token }: Partner): Exchange {
    if (this.#random.oneIn(2)) {
      const query = this.#random.oneIn(2) ? '?sampleData=true' : '';
      return unrecorded('getPushMerchantSpec', { token, parameter: this.#fixtures.realm.id, query });
    }
    const ttl = this.#random.oneIn(2) ? { ttl: '1 month' } : {};
    const base64String = btoa(this.#random.word().slice(0, 9));
    return unrecorded('uploadBase64', { body: { base64String, mimetype: 'image/png', ...ttl } });
  }

  #body(operationId: OperationId): object {
    return generateBody(operationId, this.#derive, `${this.#count}`, 'everything');
  }
}

function unrecorded(...[operationId, parts]: Parameters<typeof apiRequest>): Exchange {
  return { request: apiRequest(operationId, parts), record: () => {} };
}
