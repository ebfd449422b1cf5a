import fc from 'fast-check';
import { BackOfficeError, type Sandbox } from '../../../packages/mocks/src/index.ts';
import { decided, type Model, type ModelPartner, reach, tokenLifetime, useToken } from './model.ts';
import { call, type Outcome, password, type Real } from './real.ts';

type Command = fc.Command<Model, Real>;

/** A sandbox did otherwise than the model. */
function expectSame(what: string, real: unknown, model: unknown): void {
  const [one, other] = [JSON.stringify(real), JSON.stringify(model)];
  if (one !== other) throw new Error(`${what}: the sandbox says ${one}, the model ${other}.`);
}

/** Picks by a number that may be larger than the list. */
function at<Item>(items: readonly Item[], choice: number): { readonly place: number; readonly item: Item } {
  const place = choice % items.length;
  return { place, item: items[place] as Item }; // Commands check that there is one.
}

const hasPartner = ({ partners }: Model) => partners.length > 0;
const hasCase = ({ cases }: Model) => cases.length > 0;

function command(
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, real: Real) => void,
): Command {
  return { check: (model) => check(model), run, toString: () => name };
}

const newPartner = command(
  'new partner',
  ({ partners }) => partners.length < 3,
  (model, real) => {
    const username = `example-${model.partners.length}`;
    const token = real.sandbox.fixtures.administratorToken;
    const { status, body } = call(real, 'createPartner', { token, body: { username, password } });
    expectSame('new partner', status, 200);
    real.partners.push({ id: `${body['id']}`, username, token: '' });
    model.partners.push({
      ...{ tokenUntil: undefined, tokenForgotten: false, linked: false, hasFlow: false },
      listensTo: new Set(),
    });
  },
);

const samePartner = command('a user name twice', hasPartner, (_, real) => {
  const token = real.sandbox.fixtures.administratorToken;
  const { username } = at(real.partners, 0).item;
  expectSame(
    'a user name twice',
    call(real, 'createPartner', { token, body: { username, password } }).status,
    422,
  );
});

const login = (choice: number, right: boolean) =>
  command(`login ${right}`, hasPartner, (model, real) => {
    const { place, item } = at(model.partners, choice);
    const partner = at(real.partners, place).item;
    const body = { username: partner.username, password: right ? password : 'Wrong' };
    const { status, body: told } = call(real, 'loginPartner', { body });
    expectSame('login', status, right ? 200 : 401);
    if (!right) return;
    partner.token = `${told['id']}`;
    Object.assign(item, { tokenUntil: model.now + tokenLifetime, tokenForgotten: false });
  });

/** Performs what needs a token; `expected` is asked only where the token is good. */
function withToken(
  what: string,
  { model, partner }: { readonly model: Model; readonly partner: ModelPartner },
  outcome: Outcome,
  expected: () => number | string,
): void {
  const token = useToken(model, partner);
  const shown = outcome.code ?? outcome.status;
  expectSame(what, shown, token === 'good' ? expected() : token);
}

const denied = 'AUTHORIZATION_REQUIRED';

const link = (choice: number) =>
  command('link', hasPartner, (model, real) => {
    const { place, item: partner } = at(model.partners, choice);
    const { id, token } = at(real.partners, place).item;
    const body = { distributorId: id, realmId: real.sandbox.fixtures.realm.id };
    withToken('link', { model, partner }, call(real, 'linkPartner', { token, body }), () => {
      partner.linked = true;
      return 200;
    });
  });

const assign = (choice: number, give: boolean) =>
  command(`assign ${give}`, hasPartner, (model, real) => {
    const { place, item: partner } = at(model.partners, choice);
    const { id, token } = at(real.partners, place).item;
    const { realm } = real.sandbox.fixtures;
    const flowIds = give ? realm.flows.map((flow) => flow.id) : [];
    const body = { distributorId: id, realmId: realm.id, flowIds };
    withToken('assign', { model, partner }, call(real, 'assignFlows', { token, body }), () => {
      if (!partner.linked) return denied;
      partner.hasFlow = give;
      return 200;
    });
  });

const register = (choice: number, event: string, on: boolean) =>
  command(`register ${event} ${on}`, hasPartner, (model, real) => {
    const { place, item: partner } = at(model.partners, choice);
    const { id, token } = at(real.partners, place).item;
    const body = {
      ...flowOf(real.sandbox),
      distributorId: id,
      callbacks: { [event]: on ? 'http://127.0.0.1:9/' : '' },
    };
    withToken('register', { model, partner }, call(real, 'registerCallbacks', { token, body }), () => {
      if (!partner.hasFlow) return denied;
      if (on) partner.listensTo.add(event);
      else partner.listensTo.delete(event);
      return 200;
    });
  });

const create = (choice: number) =>
  command('create', hasPartner, (model, real) => {
    const { place, item: partner } = at(model.partners, choice);
    const { token } = at(real.partners, place).item;
    const { realm } = real.sandbox.fixtures;
    const customer = { name: 'Asha Example', email: 'asha@example.com', mobile: '0000000000' };
    const body = { ...flowOf(real.sandbox), realm: realm.name, ...customer, signzyAppId: 'EXAMPLE-1' };
    const outcome = call(real, 'createMerchant', { token, body });
    withToken('create', { model, partner }, outcome, () => {
      if (!partner.hasFlow) return denied;
      real.cases.push(`${outcome.body['id']}`);
      model.cases.push({ owner: place, status: 'new', posted: [] });
      return 200;
    });
  });

const push = (choice: number, by: number) =>
  command('push', hasCase, (model, real) => {
    const { place, item: pushed } = at(model.cases, choice);
    const { place: caller, item: partner } = at(model.partners, by);
    const { token } = at(real.partners, caller).item;
    const [page] = real.sandbox.fixtures.realm.flows[0]?.pages ?? [];
    const data = [{ pageId: page?.id, widgetName: page?.widgets[0]?.name, data: {} }];
    const body = { ...flowOf(real.sandbox), merchantId: at(real.cases, place).item, data };
    withToken('push', { model, partner }, call(real, 'pushMerchant', { token, body }), () => {
      if (!partner.hasFlow || pushed.owner !== caller) return denied;
      if (pushed.status === 'accept' || pushed.status === 'reject') return 400;
      if (pushed.status !== 'pending') reach(model, place, 'pending');
      return 200;
    });
  });

const pull = (choice: number, by: number) =>
  command('pull', hasCase, (model, real) => {
    const { place, item: pulled } = at(model.cases, choice);
    const { place: caller, item: partner } = at(model.partners, by);
    const { token } = at(real.partners, caller).item;
    const query = `realmId=${real.sandbox.fixtures.realm.id}`;
    const outcome = call(real, 'pullMerchant', { token, parameter: at(real.cases, place).item, query });
    withToken('pull', { model, partner }, outcome, () => {
      if (!partner.linked || pulled.owner !== caller) return denied;
      expectSame('what is pulled', statusIn(outcome.body), pulled.status);
      return 200;
    });
  });

const decide = (choice: number, decision: 'accept' | 'reject' | 'draft' | 'reverse') =>
  command(decision, hasCase, (model, real) => {
    const { place, item } = at(model.cases, choice);
    const { accept, reject, askForMore: draft, reverse } = real.sandbox.backOffice;
    const next = decided(item.status, decision);
    try {
      ({ accept, reject, draft, reverse })[decision](at(real.cases, place).item);
      expectSame(decision, 'decided', next === undefined ? 'refused' : 'decided');
    } catch (error) {
      if (!(error instanceof BackOfficeError)) throw error;
      expectSame(decision, error.status, next === undefined ? 409 : 'decided');
    }
    if (next) reach(model, place, next);
  });

const wait = (days: number) =>
  command(
    `wait ${days} days`,
    () => true,
    (model) => {
      model.now += days * 24 * 3600 * 1000;
    },
  );

/** Whatever happened, every case stands where the model has it, and every callback was queued. */
const compare = command('compare', hasCase, (model, real) => {
  const { merchants, callbacks } = real.sandbox.snapshot();
  model.cases.forEach(({ status, posted }, place) => {
    const id = at(real.cases, place).item;
    expectSame('where a case stands', merchants[id]?.status, status);
    const queued = Object.values(callbacks).filter(({ merchantId }) => merchantId === id);
    expectSame(
      'the callbacks of a case',
      queued.map(({ event }) => event),
      posted,
    );
  });
});

function flowOf({ fixtures }: Sandbox) {
  return { realmId: fixtures.realm.id, flowId: fixtures.realm.flows[0]?.id };
}

function statusIn(body: unknown): unknown {
  return (body as { result: { merchantData: { basicDetails: { status: unknown } } } }).result.merchantData
    .basicDetails.status;
}

/** A partner who is ready to work, so that most of a run is about cases. */
export function beginReady(model: Model, real: Real): void {
  for (const first of [newPartner, login(0, true), link(0), assign(0, true), register(0, 'pending', true)])
    first.run(model, real);
}

const choice = fc.nat(5);

export const anyCommands: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    fc.constant(newPartner),
    fc.constant(samePartner),
    fc.tuple(choice, fc.boolean()).map(([one, right]) => login(one, right)),
    choice.map(link),
    fc.tuple(choice, fc.boolean()).map(([one, give]) => assign(one, give)),
    fc
      .tuple(choice, fc.constantFrom('accept', 'reject', 'pending'), fc.boolean())
      .map(([one, event, on]) => register(one, event, on)),
    choice.map(create),
    fc.tuple(choice, choice).map(([one, by]) => push(one, by)),
    fc.tuple(choice, choice).map(([one, by]) => push(one, by)),
    fc.tuple(choice, choice).map(([one, by]) => pull(one, by)),
    fc
      .tuple(choice, fc.constantFrom('accept', 'reject', 'draft', 'reverse'))
      .map(([one, decision]) => decide(one, decision)),
    fc
      .tuple(choice, fc.constantFrom('accept', 'reject', 'draft', 'reverse'))
      .map(([one, decision]) => decide(one, decision)),
    fc.constantFrom(1, 7, 14, 15).map(wait),
    fc.constant(compare),
  ],
  { size: '+1' },
);
