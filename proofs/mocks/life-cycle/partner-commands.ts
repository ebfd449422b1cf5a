import { type Command, choose, command, expectSame, hasPartner, partnerCommand } from './command.ts';
import { addPartner, denied, logIn } from './model.ts';
import { call, type Outcome, type SandboxDriver } from './sandbox-driver.ts';

const password = 'Not-a-real-password-1';

export const createPartner: Command = command(
  'create partner',
  ({ partners }) => partners.length < 3,
  (model, driver) => {
    const username = `example-${model.partners.length}`;
    const { status, body } = requestPartner(driver, username);
    expectSame('create partner', status, 200);
    driver.partners.push({ id: `${body['id']}`, username, token: '' });
    addPartner(model);
  },
);

export const repeatUsername: Command = command('repeat user name', hasPartner, (_, driver) => {
  const { username } = choose(driver.partners, 0);
  expectSame('repeat user name', requestPartner(driver, username).status, 422);
});

function requestPartner(driver: SandboxDriver, username: string): Outcome {
  const token = driver.sandbox.fixtures.administratorToken;
  return call(driver, 'createPartner', { token, body: { username, password } });
}

export function login(choice: number, isRight: boolean): Command {
  return command(`login ${isRight}`, hasPartner, (model, driver) => {
    const account = choose(driver.partners, choice);
    const credentials = { username: account.username, password: isRight ? password : 'Wrong' };
    const { status, body } = call(driver, 'loginPartner', { body: credentials });
    expectSame('login', status, isRight ? 200 : 401);
    if (!isRight) return;
    account.token = `${body['id']}`;
    logIn(model, choose(model.partners, choice));
  });
}

export function link(choice: number): Command {
  return partnerCommand('link', choice, ({ partner, id, realmId, call }) =>
    call('linkPartner', { body: { distributorId: id, realmId } }, () => {
      partner.linked = true;
      return 200;
    }),
  );
}

export function assignFlows(choice: number, gives: boolean): Command {
  return partnerCommand(`assign ${gives}`, choice, ({ partner, driver, id, realmId, call }) => {
    const flows = gives ? driver.sandbox.fixtures.realm.flows : [];
    const body = { distributorId: id, realmId, flowIds: flows.map((flow) => flow.id) };
    call('assignFlows', { body }, () => {
      if (!partner.linked) return denied;
      partner.hasFlow = gives;
      return 200;
    });
  });
}

export function registerCallback(choice: number, event: string, isOn: boolean): Command {
  return partnerCommand(`register ${event} ${isOn}`, choice, ({ partner, id, realmId, flowId, call }) => {
    const callbacks = { [event]: isOn ? 'http://127.0.0.1:9/' : '' };
    call('registerCallbacks', { body: { realmId, flowId, distributorId: id, callbacks } }, () => {
      if (!partner.hasFlow) return denied;
      if (isOn) partner.listensTo.add(event);
      else partner.listensTo.delete(event);
      return 200;
    });
  });
}
