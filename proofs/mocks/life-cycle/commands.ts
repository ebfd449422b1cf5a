import fc from 'fast-check';
import { BackOfficeError } from '../../../packages/mocks/src/index.ts';
import { password } from '../api/api-request.ts';
import { type Command, caseCommand, choose, command, expectSame, partnerCommand } from './command.ts';
import { denied, type Model, moveCase, statusAfter, tokenLifetimeMs } from './model.ts';
import { call, type Outcome, type SandboxDriver } from './sandbox-driver.ts';

const createPartner = command(
  'create partner',
  ({ partners }) => partners.length < 3,
  (model, driver) => {
    const username = `example-${model.partners.length}`;
    const { result, body } = requestPartner(driver, username);
    expectSame('create partner', result, 200);
    driver.partners.push({ id: `${body['id']}`, username, token: '' });
    model.partners.push({ listensTo: new Set() });
  },
);

const repeatUsername = partnerCommand('repeat user name', 0, ({ driver, account }) => {
  expectSame('repeat user name', requestPartner(driver, account.username).result, 422);
});

function requestPartner(driver: SandboxDriver, username: string): Outcome {
  const token = driver.sandbox.fixtures.administratorToken;
  return call(driver, 'createPartner', { token, body: { username, password } });
}

function login(choice: number, isRight: boolean): Command {
  return partnerCommand(`login ${isRight}`, choice, ({ model, driver, partner, account }) => {
    const credentials = { username: account.username, password: isRight ? password : 'Wrong' };
    const { result, body } = call(driver, 'loginPartner', { body: credentials });
    expectSame('login', result, isRight ? 200 : 'LOGIN_FAILED');
    if (!isRight) return;
    account.token = `${body['id']}`;
    Object.assign(partner, { tokenUntil: model.now + tokenLifetimeMs, tokenForgotten: false });
  });
}

function link(choice: number): Command {
  return partnerCommand('link', choice, ({ partner, account, realm, call }) =>
    call('linkPartner', { body: { distributorId: account.id, realmId: realm.id } }, () => {
      partner.linked = true;
      return 200;
    }),
  );
}

function assignFlows(choice: number, gives: boolean): Command {
  return partnerCommand(`assign ${gives}`, choice, ({ partner, account, realm, call }) => {
    const flowIds = gives ? realm.flows.map((flow) => flow.id) : [];
    call('assignFlows', { body: { distributorId: account.id, realmId: realm.id, flowIds } }, () => {
      if (!partner.linked) return denied;
      partner.hasFlow = gives;
      return 200;
    });
  });
}

function registerCallback(choice: number, event: string, isOn: boolean): Command {
  return partnerCommand(`register ${event} ${isOn}`, choice, ({ partner, account, ids, call }) => {
    const callbacks = { [event]: isOn ? 'http://127.0.0.1:2/' : '' };
    call('registerCallbacks', { body: { ...ids, distributorId: account.id, callbacks } }, () => {
      if (!partner.hasFlow) return denied;
      if (isOn) partner.listensTo.add(event);
      else partner.listensTo.delete(event);
      return 200;
    });
  });
}

function createMerchant(choice: number): Command {
  return partnerCommand('create merchant', choice, ({ model, driver, index, partner, realm, ids, call }) => {
    const customer = { name: 'Asha Example', email: 'asha@example.com', mobile: '0000000000' };
    const body = { ...ids, ...customer, realm: realm.name, signzyAppId: 'EXAMPLE-1' };
    call('createMerchant', { body }, (outcome) => {
      if (!partner.hasFlow) return denied;
      driver.cases.push(`${outcome.body['id']}`);
      model.cases.push({ owner: index, status: 'new', posted: [] });
      return 200;
    });
  });
}

function push(choice: number, by: number): Command {
  return caseCommand(
    'push',
    choice,
    by,
    ({ model, index, partner, realm, ids, call }, pushed, merchantId) => {
      const [page] = realm.flows[0]?.pages ?? [];
      const data = [{ pageId: page?.id, widgetName: page?.widgets[0]?.name, data: {} }];
      call('pushMerchant', { body: { ...ids, merchantId, data } }, () => {
        if (!partner.hasFlow || pushed.owner !== index) return denied;
        if (pushed.status === 'accept' || pushed.status === 'reject') return 400;
        if (pushed.status !== 'pending') moveCase(model, pushed, 'pending');
        return 200;
      });
    },
  );
}

function pull(choice: number, by: number): Command {
  return caseCommand('pull', choice, by, ({ index, partner, realm, call }, pulled, merchantId) => {
    call('pullMerchant', { parameter: merchantId, query: `realmId=${realm.id}` }, ({ body }) => {
      if (!partner.linked || pulled.owner !== index) return denied;
      expectSame('the pulled status', pulledStatus(body), pulled.status);
      return 200;
    });
  });
}

function pulledStatus(body: unknown): unknown {
  const { result } = body as { result: { merchantData: { basicDetails: { status: unknown } } } };
  return result.merchantData.basicDetails.status;
}

function decide(choice: number, decision: 'accept' | 'reject' | 'draft' | 'reverse'): Command {
  return caseCommand(decision, choice, 0, ({ model, driver }, decided, merchantId) => {
    const { accept, reject, askForMore: draft, reverse } = driver.sandbox.backOffice;
    const next = statusAfter(decided.status, decision);
    let refusal: number | undefined;
    try {
      ({ accept, reject, draft, reverse })[decision](merchantId);
    } catch (error) {
      if (!(error instanceof BackOfficeError)) throw error;
      refusal = error.status;
    }
    expectSame(decision, refusal, next === undefined ? 409 : undefined);
    if (next) moveCase(model, decided, next);
  });
}

function wait(days: number): Command {
  return command(
    `wait ${days} days`,
    () => true,
    (model) => {
      model.now += days * 24 * 3600 * 1000;
    },
  );
}

/** Compares the status and the callbacks of every case. */
const compareCases = caseCommand('compare', 0, 0, ({ model, driver }) => {
  const { merchants, callbacks } = driver.sandbox.snapshot();
  model.cases.forEach(({ status, posted }, index) => {
    const id = choose(driver.cases, index);
    expectSame('the status of a case', merchants[id]?.status, status);
    const ofCase = Object.values(callbacks).filter(({ merchantId }) => merchantId === id);
    const events = ofCase.map(({ event }) => event);
    expectSame('the callbacks of a case', events, posted);
  });
});

/** Prepares one partner, so that most commands of a run concern cases. */
export function enrolPartner(model: Model, driver: SandboxDriver): void {
  const registration = registerCallback(0, 'pending', true);
  for (const step of [createPartner, login(0, true), link(0), assignFlows(0, true), registration])
    step.run(model, driver);
}

const choice = fc.nat(5);
const pairs = fc.tuple(choice, choice);
const switches = fc.tuple(choice, fc.boolean());
const pushes = pairs.map(([one, by]) => push(one, by));
const decisions = fc
  .tuple(choice, fc.constantFrom('accept', 'reject', 'draft', 'reverse'))
  .map(([one, decision]) => decide(one, decision));

/** Lists of commands. Pushes and decisions are twice as frequent as the other commands. */
export const commandLists: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    fc.constant(createPartner),
    fc.constant(repeatUsername),
    switches.map(([one, isRight]) => login(one, isRight)),
    choice.map(link),
    switches.map(([one, gives]) => assignFlows(one, gives)),
    fc
      .tuple(choice, fc.constantFrom('accept', 'reject', 'pending'), fc.boolean())
      .map(([one, event, isOn]) => registerCallback(one, event, isOn)),
    choice.map(createMerchant),
    pushes,
    pushes,
    pairs.map(([one, by]) => pull(one, by)),
    decisions,
    decisions,
    fc.constantFrom(1, 7, 14, 15).map(wait),
    fc.constant(compareCases),
  ],
  { size: '+1' },
);
