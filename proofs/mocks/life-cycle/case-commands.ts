import { BackOfficeError } from '../../../packages/mocks/src/index.ts';
import {
  type Command,
  caseCommand,
  choose,
  command,
  expectSame,
  hasCase,
  hasPartner,
  partnerCommand,
} from './command.ts';
import { denied, type ModelStatus, moveCase, statusAfter } from './model.ts';

export function createMerchant(choice: number): Command {
  return partnerCommand(
    'create merchant',
    choice,
    ({ model, driver, index, partner, realmId, flowId, call }) => {
      const customer = { name: 'Asha Example', email: 'asha@example.com', mobile: '0000000000' };
      const realm = driver.sandbox.fixtures.realm.name;
      const body = { ...customer, realmId, flowId, realm, signzyAppId: 'EXAMPLE-1' };
      call('createMerchant', { body }, (outcome) => {
        if (!partner.hasFlow) return denied;
        driver.cases.push(`${outcome.body['id']}`);
        model.cases.push({ owner: index, status: 'new', posted: [] });
        return 200;
      });
    },
    hasPartner,
  );
}

export function push(choice: number, by: number): Command {
  return caseCommand('push', choice, by, (caller, pushed, merchantId) => {
    const { model, driver, index, partner, realmId, flowId, call } = caller;
    const [page] = driver.sandbox.fixtures.realm.flows[0]?.pages ?? [];
    const data = [{ pageId: page?.id, widgetName: page?.widgets[0]?.name, data: {} }];
    call('pushMerchant', { body: { realmId, flowId, merchantId, data } }, () => {
      if (!partner.hasFlow || pushed.owner !== index) return denied;
      if (pushed.status === 'accept' || pushed.status === 'reject') return 400;
      if (pushed.status !== 'pending') moveCase(model, pushed, 'pending');
      return 200;
    });
  });
}

export function pull(choice: number, by: number): Command {
  return caseCommand('pull', choice, by, ({ index, partner, realmId, call }, pulled, merchantId) => {
    call('pullMerchant', { parameter: merchantId, query: `realmId=${realmId}` }, ({ body }) => {
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

export function decide(choice: number, decision: 'accept' | 'reject' | 'draft' | 'reverse'): Command {
  return command(decision, hasCase, (model, driver) => {
    const decided = choose(model.cases, choice);
    const next = statusAfter(decided.status, decision);
    expectSame(decision, decideInSandbox(), next ?? 409);
    if (next) moveCase(model, decided, next);

    function decideInSandbox(): ModelStatus | number | undefined {
      const { accept, reject, askForMore: draft, reverse } = driver.sandbox.backOffice;
      try {
        ({ accept, reject, draft, reverse })[decision](choose(driver.cases, choice));
        return next;
      } catch (error) {
        if (error instanceof BackOfficeError) return error.status;
        throw error;
      }
    }
  });
}

export function wait(days: number): Command {
  return command(
    `wait ${days} days`,
    () => true,
    (model) => {
      model.now += days * 24 * 3600 * 1000;
    },
  );
}

/** Compares the status and the callbacks of every case. */
export const compareCases: Command = command('compare', hasCase, (model, driver) => {
  const { merchants, callbacks } = driver.sandbox.snapshot();
  model.cases.forEach(({ status, posted }, index) => {
    const id = choose(driver.cases, index);
    expectSame('the status of a case', merchants[id]?.status, status);
    const events = Object.values(callbacks).flatMap(({ merchantId, event }) =>
      merchantId === id ? event : [],
    );
    expectSame('the callbacks of a case', events, posted);
  });
});
