import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { generate } from '../../packages/mocks/src/core/contract/generate.ts';
import { createDerive } from '../../packages/mocks/src/core/seed/derive.ts';
import type { Fixtures } from '../../packages/mocks/src/index.ts';
import { createDice, type Dice } from './dice.ts';

/** A request, as plain as a transport can take it. */
export interface Asked {
  readonly operationId: OperationId;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** One thing to ask, and what to do with the answer. */
export interface Turn {
  readonly asked: Asked;
  readonly learn: (told: Told) => void;
}

/** What was answered. */
export interface Told {
  readonly status: number;
  readonly body: unknown;
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

/**
 * Partners at work, by a seed: mostly as they should, and now and then with a request that is wrong in some way. It
 * makes its bodies from the schemas, so that it needs no example.
 */
export class Traffic {
  readonly partners: Partner[] = [];
  readonly cases: Case[] = [];
  readonly #dice: Dice;
  readonly #world: Fixtures;
  readonly #derive: (key: string) => string;
  /** Stands in every name, so that one can tell whose they are. */
  readonly #tag: string;
  #count = 0;

  constructor(seed: string, world: Fixtures, tag = 'example') {
    this.#dice = createDice(seed);
    this.#derive = createDerive(seed);
    this.#world = world;
    this.#tag = tag;
  }

  /** What is asked next, and what to do with the answer. */
  next(): Turn {
    this.#count++;
    if (this.partners.length === 0) return this.#createPartner();
    const { asked, learn } = this.#sensible();
    return { asked: this.#dice.onceIn(6) ? this.#spoil(asked) : asked, learn };
  }

  #sensible(): Turn {
    const owner = this.#dice.pick(this.partners);
    const own = this.cases.filter((each) => each.owner === owner);
    if (owner.token === '') return this.#login(owner);
    switch (this.#dice.pick(own.length === 0 ? beginnings : daysWork)) {
      case 'login':
        return this.#login(owner);
      case 'partner':
        return this.#createPartner();
      case 'link':
        return this.#link(owner);
      case 'create':
        return this.#createMerchant(owner);
      case 'push':
        return this.#push(owner, this.#dice.pick(own));
      case 'pull':
        return this.#pull(owner, this.#dice.pick(own));
      case 'other':
        return this.#other(owner);
    }
  }

  #createPartner(): Turn {
    const username = `${this.#tag}-${this.#dice.word()}`;
    const body = { ...this.#body('createPartner'), username, password, email: `${username}@example.com` };
    return {
      asked: ask('createPartner', { token: this.#world.administratorToken, body }),
      learn: ({ status, body: told }: Told) => {
        if (status === 200) this.partners.push({ username, id: idIn(told), token: '' });
      },
    };
  }

  #login(owner: Partner): Turn {
    return {
      asked: ask('loginPartner', { body: { username: owner.username, password } }),
      learn: ({ status, body }: Told) => {
        if (status === 200) owner.token = idIn(body);
      },
    };
  }

  #link({ id, token }: Partner): Turn {
    const { realm } = this.#world;
    const flowIds = realm.flows.map((flow) => flow.id);
    const body = { distributorId: id, realmId: realm.id, flowIds };
    const operationId = this.#dice.pick(['linkPartner', 'registerCallbacks', 'assignFlows'] as const);
    if (operationId !== 'registerCallbacks')
      return { asked: ask(operationId, { token, body }), learn: nothing };
    const events = ['pending', 'accept', 'reject'].slice(0, 1 + this.#dice.below(3));
    const callbacks = Object.fromEntries(events.map((event) => [event, 'http://127.0.0.1:9/callback']));
    const registration = { distributorId: id, realmId: realm.id, flowId: flowIds[0], callbacks };
    return { asked: ask(operationId, { token, body: registration }), learn: nothing };
  }

  #createMerchant(owner: Partner): Turn {
    const { realm } = this.#world;
    const own = this.#dice.onceIn(3) ? { [`own ${this.#dice.word()}`]: this.#dice.below(99) } : {};
    const names = { realmId: realm.id, realm: realm.name, flowId: realm.flows[0]?.id };
    const body = {
      ...this.#body('createMerchant'),
      ...names,
      ...own,
      name: `${this.#tag} ${this.#dice.word()}`,
      signzyAppId: `${this.#tag}-${this.#count}`,
    };
    return {
      asked: ask('createMerchant', { token: owner.token, body }),
      learn: ({ status, body: told }: Told) => {
        if (status === 200) this.cases.push({ id: idIn(told), owner });
      },
    };
  }

  #push({ token }: Partner, { id }: Case): Turn {
    const { realm } = this.#world;
    const [flow] = realm.flows;
    const items = (flow?.pages ?? []).flatMap((page) =>
      page.widgets.map(({ name, labels }) => ({
        pageId: page.id,
        widgetName: name,
        data: Object.fromEntries(
          Object.keys(labels).map((label) => [label, `${this.#tag} ${this.#dice.word()}`]),
        ),
      })),
    );
    const data = items.slice(0, 1 + this.#dice.below(items.length));
    const body = { flowId: flow?.id, realmId: realm.id, merchantId: id, data };
    return { asked: ask('pushMerchant', { token, body }), learn: nothing };
  }

  #pull({ token }: Partner, { id }: Case): Turn {
    const query = `?realmId=${this.#world.realm.id}${this.#dice.onceIn(2) ? '&version=1.1.0' : ''}`;
    return { asked: ask('pullMerchant', { token, parameter: id, query }), learn: nothing };
  }

  #other({ token }: Partner): Turn {
    const { realm } = this.#world;
    if (this.#dice.onceIn(2)) {
      const query = this.#dice.onceIn(2) ? '?sampleData=true' : '';
      return { asked: ask('getPushMerchantSpec', { token, parameter: realm.id, query }), learn: nothing };
    }
    const ttl = this.#dice.onceIn(2) ? { ttl: '1 month' } : {};
    const body = { base64String: btoa(this.#dice.word().slice(0, 9)), mimetype: 'image/png', ...ttl };
    return { asked: ask('uploadBase64', { body }), learn: nothing };
  }

  /** A request with one thing wrong. */
  #spoil(asked: Asked): Asked {
    const { body, ...without } = asked;
    const { operationId } = asked;
    const given: { [name: string]: unknown } = body === undefined ? {} : JSON.parse(body);
    const names = Object.keys(given);
    switch (this.#dice.below(8)) {
      case 0:
        return { ...asked, headers: { ...asked.headers, authorization: `Bearer ${this.#dice.word()}` } };
      case 1:
        return { ...asked, target: asked.target.replace('/api/', '/apl/') };
      case 2:
        return { ...asked, method: asked.method === 'GET' ? 'POST' : 'PUT' };
      case 3:
        return body === undefined ? asked : { ...asked, body: body.slice(0, -1) };
      case 4:
        return body === undefined
          ? asked
          : { ...asked, headers: { ...asked.headers, 'content-type': 'text/plain' } };
      case 5:
        return operationId === 'pullMerchant'
          ? { ...asked, target: asked.target.replace(/\w{24}/, 'none') }
          : without;
      case 6:
        return names.length === 0
          ? { ...asked, target: asked.target.split('?')[0] ?? '' }
          : { ...asked, body: JSON.stringify({ ...given, [this.#dice.pick(names)]: undefined }) };
      default:
        return names.length === 0
          ? asked
          : {
              ...asked,
              body: JSON.stringify({
                ...given,
                [this.#dice.pick(names)]: this.#dice.pick([7, null, [], {}]),
              }),
            };
    }
  }

  #body(operationId: OperationId): object {
    const schema = requests[operationId];
    return Object(schema && generate(schema, this.#derive, `${this.#count}`, 'everything'));
  }
}

/** What partners do, as often as it stands here. */
const daysWork = [
  ...(['login', 'partner', 'link', 'link', 'create', 'create', 'create'] as const),
  ...(['push', 'push', 'push', 'push', 'pull', 'pull', 'pull', 'pull', 'other', 'other'] as const),
];
const beginnings = ['link', 'link', 'create'] as const;

const password = 'Not-a-real-password-1';
const nothing = (): void => {};

interface Parts {
  readonly token?: string;
  readonly body?: object;
  readonly parameter?: string;
  readonly query?: string;
}

function ask(operationId: OperationId, { token, body, parameter = '', query = '' }: Parts): Asked {
  const { method, path } = operations[operationId];
  return {
    operationId,
    method,
    target: path.replace(/\{\w+\}/, parameter) + query,
    headers: {
      ...(token && { authorization: token }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  };
}

function idIn(body: unknown): string {
  const { id } = Object(body) as { readonly id?: unknown };
  return typeof id === 'string' ? id : '';
}
