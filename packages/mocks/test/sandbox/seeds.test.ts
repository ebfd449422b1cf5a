import { afterEach, expect, test, vi } from 'vitest';
import { createSandbox, createSandboxes, type Sandbox, type SandboxOptions } from '../../src/index.ts';
import {
  ApiSession,
  flowId,
  journey,
  pendingMerchant,
  readyPartner,
  readySandbox,
  realmId,
  start,
} from '../support/journey.ts';
import { patiently, startReceiver } from '../support/receiver.ts';

afterEach(() => vi.useRealTimers());

/** Uses a sandbox, and returns everything that anyone can see of it. */
async function transcriptOf(sandbox: Sandbox): Promise<unknown> {
  const responses = await journey(new ApiSession(sandbox.fetch), sandbox);
  const { credentials } = sandbox.backOffice.addPartner();
  await sandbox.clock.advance('1h');
  return { responses, credentials, snapshot: sandbox.snapshot(), journal: sandbox.journal() };
}

test('the same seed and start give the same transcript', async () => {
  const [one, other] = [createSandbox({ seed: 7, now: start }), createSandbox({ seed: 7, now: start })];
  expect(await transcriptOf(one)).toEqual(await transcriptOf(other));
});

test('sandboxes without a seed share no id, no name and no token', async () => {
  const seen = new Set<string>();
  let count = 0;
  for (let index = 0; index < 10; index++) {
    const sandbox = createSandbox({ now: start });
    const { administratorToken, realm } = sandbox.fixtures;
    await transcriptOf(sandbox);
    const { partners, tokens, merchants, links, files, callbacks } = sandbox.snapshot();
    const merchantSecrets = Object.values(merchants).flatMap(({ username, autoLoginSecret }) => [
      username,
      autoLoginSecret,
    ]);
    const own = [
      ...[partners, tokens, merchants, files, callbacks].flatMap((rows) => Object.keys(rows)),
      ...Object.values(links).map(({ id }) => id),
      ...Object.values(files).map(({ name }) => name),
      ...Object.values(partners).flatMap(({ username }) => (username === 'example-broker' ? [] : [username])),
      ...merchantSecrets,
      administratorToken,
    ].filter((id, at, all) => all.indexOf(id) === at);
    for (const each of own) seen.add(each);
    count += own.length;
    expect(own).not.toContain(realm.id); // Every sandbox has the realm of the contract's examples.
  }
  expect(seen.size).toBe(count);
});

/** Creates sandboxes with one default seed, one of them under an id of its own. */
function createThree(defaults: SandboxOptions): readonly Sandbox[] {
  const sandboxes = createSandboxes({ defaults: { now: start, ...defaults } });
  const created = [sandboxes.create(), sandboxes.create({}, 'mine'), sandboxes.create()];
  return created.map(({ sandbox }) => sandbox);
}

test.each([
  ['a seed', { seed: 7 }],
  ['a scenario with a seed', { scenario: { name: 'seeded', seed: 7 } }],
])(
  'sandboxes whose defaults have %s share no token, and the same order of creation repeats the tokens',
  async (_, defaults) => {
    const [one, other] = [createThree(defaults), createThree(defaults)];
    expect(one.map(({ seed }) => seed)).toEqual([7, '7/mine', '7/sandbox-2']);
    expect(new Set(one.map(({ fixtures }) => fixtures.administratorToken)).size).toBe(3);
    for (const [index, sandbox] of one.entries())
      expect(await transcriptOf(sandbox)).toEqual(await transcriptOf(other[index] as Sandbox));
  },
);

test('a partner can log in after its state has moved to a sandbox with another seed', async () => {
  const { sandbox } = await readySandbox({ seed: 1 });
  const { credentials } = sandbox.backOffice.addPartner();
  const other = createSandbox({ seed: 2, scenario: sandbox.scenario() });
  const { status } = await new ApiSession(other.fetch).send('loginPartner', { json: credentials });
  expect(status).toBe(200);
});

test('the clock follows the system time that fake timers set, and never goes back', () => {
  const sandbox = createSandbox();
  const day = 86_400_000;
  const tomorrow = Date.now() + day;
  vi.useFakeTimers({ now: tomorrow });
  expect(sandbox.clock.now()).toBe(tomorrow);
  vi.advanceTimersByTime(5000);
  expect(sandbox.clock.now()).toBe(tomorrow + 5000);
  vi.setSystemTime(tomorrow - day);
  expect(sandbox.clock.now()).toBe(tomorrow + 5000);
  vi.advanceTimersByTime(1000);
  expect(sandbox.clock.now()).toBe(tomorrow + 6000);
  expect(createSandbox().clock.now()).toBe(tomorrow - day + 1000);
});

test('under fake timers a callback is posted, its retry follows the fake time, and a wait ends in real time', async () => {
  vi.useFakeTimers();
  const { url, received, close } = await startReceiver(
    (attempt) => new Response('', { status: attempt === 1 ? 500 : 200 }),
  );
  const sandboxes = createSandboxes();
  const { sandbox } = sandboxes.create();
  const api = new ApiSession(sandbox.fetch);
  const { token, distributorId } = await readyPartner(api, sandbox.fixtures.administratorToken);
  const callbacks = { pending: url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  expect(await sandbox.callbacks.next({}, patiently)).toMatchObject({
    status: 'waiting',
    attempts: [{ status: 500 }],
  });
  await expect(sandbox.callbacks.next({}, { timeoutMs: 50 })).rejects.toThrow('within 50 ms');
  expect(received).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  await sandbox.callbacks.drain();
  expect(received).toHaveLength(2);
  await sandboxes.close();
  await close();
});
