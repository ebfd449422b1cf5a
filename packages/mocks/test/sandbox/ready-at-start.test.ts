import { expect, test } from 'vitest';
import { createSandbox, OptionError, type Scenario, scenario } from '../../src/index.ts';
import { ApiSession, createMerchant, flowId, pendingMerchant, pullOf, realmId } from '../support/journey.ts';
import { startReceiver } from '../support/receiver.ts';

const credentials = { username: 'example-partner', password: 'Not-a-real-password-1' };

async function logIn(api: ApiSession, json: object = credentials): Promise<string> {
  return (await api.send('loginPartner', { json })).body['id'] ?? '';
}

test('a sandbox has the partner of its options, also after a reset and in a fork', async () => {
  const sandbox = createSandbox({ partner: credentials });
  expect(sandbox.partner.credentials).toEqual(credentials);
  sandbox.reset();
  for (const each of [sandbox, sandbox.fork()]) {
    const api = new ApiSession(each.fetch);
    expect(await createMerchant(api, await logIn(api))).toMatch(/^[0-9a-f]{24}$/);
  }
  expect(() => createSandbox().partner).toThrow('Give createSandbox the option `partner`');
});

test('a sandbox has the partner of its options also after it has loaded a scenario', async () => {
  const sandbox = createSandbox({ partner: credentials });
  const faults: Scenario['faults'] = [{ operation: '*', kind: 'status', status: 503, times: 1 }];
  sandbox.load({ name: 'a bad day', faults });
  const api = new ApiSession(sandbox.fetch);
  expect(await api.send('loginPartner', { json: credentials })).toMatchObject({ status: 503 });
  expect(await createMerchant(api, await logIn(api))).toMatch(/^[0-9a-f]{24}$/);
  sandbox.load(scenario('its own').partner(credentials).merchants(1).build());
  const [merchant] = sandbox.backOffice.cases();
  expect(sandbox.partner).toEqual({ credentials, distributorId: merchant?.distributorId });
  expect(await logIn(api)).not.toBe('');
});

test('a scenario that has the partner of the options with another password is not loaded', () => {
  const sandbox = createSandbox({ partner: credentials });
  const before = sandbox.snapshot();
  const other = scenario('other')
    .partner({ ...credentials, password: 'Not-a-real-password-2' })
    .build();
  const load = () => sandbox.load(other);
  expect(load).toThrow(OptionError);
  expect(load).toThrow('The scenario has a partner example-partner with another password.');
  expect(sandbox.snapshot()).toEqual(before);
});

test('the partner of the options is created without the faults of the scenario, which strike later', async () => {
  const faults: Scenario['faults'] = [{ operation: '*', kind: 'status', status: 503, times: 1 }];
  const sandbox = createSandbox({ partner: credentials, scenario: { name: 'a bad day', faults } });
  const api = new ApiSession(sandbox.fetch);
  expect(await api.send('loginPartner', { json: credentials })).toMatchObject({ status: 503 });
});

test('a partner can be added to a scenario whose callbacks wait', async () => {
  const first = createSandbox({ partner: credentials });
  const api = new ApiSession(first.fetch);
  const token = await logIn(api);
  const { distributorId } = first.partner;
  const callbacks = { pending: 'http://127.0.0.1:9/' };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  const scenario = first.scenario();
  const other = { ...credentials, username: 'another-partner' };
  expect(createSandbox({ scenario, partner: other }).callbacks.nextDueAt()).toBeDefined();
  expect(createSandbox({ scenario, partner: credentials }).partner).toEqual(first.partner);
});

test('a built scenario has the partners and cases that it names', async () => {
  const { url, received, close } = await startReceiver();
  const built = scenario('a queue')
    .partner(credentials, { accept: url })
    .merchants(3, 'pending')
    .merchants(1, 'reject')
    .partner()
    .merchants(2)
    .policy({ kind: 'auto-accept', after: '1d' })
    .fault({ operation: 'pullMerchant', kind: 'stale-read', times: 1 })
    .seed(7)
    .start(1_700_000_000_000)
    .build();
  const sandbox = createSandbox({ scenario: JSON.parse(JSON.stringify(built)) });
  expect(sandbox.backOffice.cases().map(({ status }) => status)).toEqual([
    'pending',
    'pending',
    'pending',
    'reject',
    'new',
    'new',
  ]);
  expect(sandbox.clock.now()).toBeGreaterThanOrEqual(1_700_000_000_000);
  expect(sandbox.faults.list()).toMatchObject([{ kind: 'stale-read' }]);
  await sandbox.callbacks.drain();
  expect(received).toEqual([]);
  const [first] = sandbox.backOffice.list({ status: 'pending' }).rows;
  sandbox.backOffice.accept(first?.id ?? '');
  await sandbox.callbacks.drain();
  expect(received).toMatchObject([{ body: { merchantData: { id: first?.id, status: 'accept' } } }]);
  await close();
});

test('a wrong step of a scenario is refused, and the message says what to do', () => {
  expect(() => scenario().merchants(3)).toThrow(OptionError);
  expect(() => scenario().merchants(3)).toThrow('merchants() needs a partner: call partner() first.');
  expect(() =>
    scenario()
      .partner()
      .merchants(1, 'accepted' as never),
  ).toThrow('Unknown status of merchants: "accepted"');
  expect(() => scenario().partner().merchants(-1)).toThrow('whole number, 0 or more');
  expect(() => scenario().partner({ username: '', password: '' }).build()).toThrow('must have a username');
  expect(() =>
    scenario()
      .policy({ kind: 'auto-acept' } as never)
      .build(),
  ).toThrow('invalid at /policy');
  const taken = scenario().partner(credentials).partner(credentials);
  expect(() => taken.build()).toThrow('There is already a partner example-partner. Give another username.');
});

test('requests are found by operation and case', async () => {
  const sandbox = createSandbox({ partner: credentials });
  const api = new ApiSession(sandbox.fetch);
  const token = await logIn(api);
  const merchantId = await createMerchant(api, token);
  await createMerchant(api, token);
  await api.send('pullMerchant', pullOf(merchantId, token));
  expect(sandbox.requests({ merchantId }).map(({ operation }) => operation)).toEqual([
    'createMerchant',
    'pullMerchant',
  ]);
  expect(sandbox.requests({ operation: 'createMerchant', status: 200 })).toHaveLength(2);
  expect(() => sandbox.requests({ operation: 'pulMerchant' as never })).toThrow(
    'Unknown operation: "pulMerchant"',
  );
  expect(() => sandbox.requests({ merchant: 'x' } as never)).toThrow('has no option "merchant"');
});

test('a partner of the scenario with another password is refused by name', () => {
  const start = createSandbox({ partner: credentials }).scenario();
  expect(createSandbox({ scenario: start, partner: credentials }).partner.credentials).toEqual(credentials);
  const other = { ...credentials, password: 'Not-a-real-password-2' };
  const misuse = () => createSandbox({ scenario: start, partner: other });
  expect(misuse).toThrow(OptionError);
  expect(misuse).toThrow('The scenario has a partner example-partner with another password.');
  expect(misuse).not.toThrow('password-2');
});
