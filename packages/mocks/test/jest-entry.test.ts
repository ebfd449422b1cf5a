import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { matchers, withSandbox } from '../src/jest.ts';
import { ApiSession, createMerchant } from './support/journey.ts';

// The entry for Jest needs nothing of Jest, so that it works here too.
expect.extend(matchers);

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test(
  'a wrapped test has a sandbox, a partner and an address',
  withSandbox(async ({ sandbox, partner, sandboxUrl }) => {
    const api = new ApiSession(fetch, await sandboxUrl());
    const { body } = await api.send('loginPartner', { json: partner().credentials });
    const merchantId = await createMerchant(api, body['id'] ?? '');
    expect(sandbox).toHaveReceivedOnce({ operation: 'createMerchant', merchantId });
    expect(sandbox).not.toHaveReceived('pushMerchant');
    expect(sandbox).toHaveReceivedTimes('loginPartner', 1);
    expect(body).toMatchContract('loginPartner');
    expect(await sandboxUrl()).toBe(api.baseUrl);
  }),
);

test('two wrapped tests have different seeds, and a failed test prints its seed and events', async () => {
  vi.stubEnv('SANDBOX_SEED', undefined);
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const seeds: (string | number)[] = [];
  const failing = withSandbox(({ sandbox, partner }) => {
    partner();
    seeds.push(sandbox.seed);
    throw new Error('the test’s own failure');
  });
  for (let round = 0; round < 2; round++) await expect(failing()).rejects.toThrow('own failure');
  expect(seeds[0]).not.toBe(seeds[1]);
  expect(log.mock.calls.join('\n')).toContain(`repeat with SANDBOX_SEED=${seeds[0]}`);
});

test('a wrapped test fails with the exception of its override', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const failing = withSandbox(async ({ sandbox, partner }) => {
    sandbox.on('loginPartner', () => {
      throw new Error('unexpected');
    });
    await new ApiSession(sandbox.fetch).send('loginPartner', { json: partner().credentials });
  });
  await expect(failing()).rejects.toThrow('The override of loginPartner threw an exception.');
});

test('a failed matcher lists the requests without personal data', async () => {
  await withSandbox(async ({ sandbox }) => {
    await new ApiSession(sandbox.fetch).send('loginPartner', { json: { username: 'x', password: 'secret' } });
    const check = () => expect(sandbox).toHaveReceivedOnce('pushMerchant');
    expect(check).toThrow('Expected one request matching {"operation":"pushMerchant"}, but found 0.');
    expect(check).toThrow('loginPartner 401, response from machine');
    expect(check).not.toThrow('secret');
    const negated = () => expect(sandbox).not.toHaveReceived('loginPartner');
    expect(negated).toThrow('Did not expect at least one request matching {"operation":"loginPartner"}');
    expect(() => expect({}).toHaveReceived('pushMerchant')).toThrow('Give expect() the sandbox itself');
  })();
});

test('a matcher without a wanted value fails, and says what is missing', async () => {
  await withSandbox(({ sandbox }) => {
    const missing = undefined as never;
    for (const check of [expect(sandbox), expect(sandbox).not]) {
      const unnamed =
        'Name an operation, or give a filter such as { operation: "pushMerchant", merchantId }.';
      expect(() => check.toHaveReceived(missing)).toThrow(unnamed);
      expect(() => check.toHaveReceivedOnce(missing)).toThrow(unnamed);
      expect(() => check.toHaveReceived({ operation: 'pushMerchant', merchantId: missing })).toThrow(
        'The filter of requests has no value for "merchantId".',
      );
      for (const times of [missing, '1' as never, -1, 0.5, Number.NaN])
        expect(() => check.toHaveReceivedTimes('pushMerchant', times)).toThrow(
          'The number of requests for toHaveReceivedTimes must be a whole number, 0 or more.',
        );
      expect(() => check.toHaveReceived('pulMerchant' as never)).toThrow('Unknown operation: "pulMerchant"');
    }
    expect(() => expect({}).toMatchContract(missing)).toThrow('Name an operation or an event');
    expect(() => expect({}).toMatchContract('accept', 404)).toThrow('A callback has no status');
  })();
});

test('a matcher fails if the journal has dropped requests that could count', async () => {
  await withSandbox(async ({ sandbox, partner }) => {
    const api = new ApiSession(sandbox.fetch);
    partner();
    for (let count = 0; count < 1005; count++) await api.send('loginPartner', { json: {} });
    const dropped = 'The requests cannot be counted: the journal has dropped its first 5 entries.';
    expect(() => expect(sandbox).not.toHaveReceived('createPartner')).toThrow(dropped);
    expect(() => expect(sandbox).toHaveReceivedTimes('loginPartner', 1000)).toThrow(dropped);
    expect(() => expect(sandbox).not.toHaveReceivedOnce('createPartner')).toThrow(dropped);
    expect(sandbox).toHaveReceived('loginPartner');
    expect(sandbox).not.toHaveReceivedOnce('loginPartner');
    sandbox.reset();
    expect(sandbox).not.toHaveReceived('createPartner');
    await api.send('loginPartner', { json: {} });
    expect(sandbox).toHaveReceivedOnce('loginPartner');
    expect(sandbox.journal()).toMatchObject([{ id: 1 }]);
  })();
});

test.each([
  ['one', 1],
  ['two', 2],
])(
  'a wrapped test gets the row of a table (%s)',
  withSandbox(({ sandbox }, word: string, count: number) => {
    expect(sandbox.journal()).toEqual([]);
    expect([word, count]).toEqual(word === 'one' ? ['one', 1] : ['two', 2]);
  }),
);

test('an empty SANDBOX_SEED is no seed', async () => {
  vi.stubEnv('SANDBOX_SEED', '');
  const seeds = new Set<string | number>();
  for (let round = 0; round < 2; round++) await withSandbox(({ sandbox }) => void seeds.add(sandbox.seed))();
  expect(seeds.size).toBe(2);
});

test('a wrapped test that never ends keeps no process alive', async () => {
  const entry = new URL('../src/jest.ts', import.meta.url);
  const program = `
    import { withSandbox } from '${entry}';
    withSandbox(async ({ sandboxUrl }) => {
      await (await fetch(await sandboxUrl())).text();
      console.log('responded');
      await new Promise(() => {});
    })();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  expect([`${Buffer.concat(output)}`, code]).toEqual(['responded\n', 0]);
});
