import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import {
  BackOfficeError,
  createSandbox,
  createSandboxes,
  OptionError,
  ScenarioError,
} from '../../src/index.ts';
import { mswHandlers } from '../../src/msw.ts';
import { startSandbox } from '../../src/node.ts';

const sandbox = createSandbox();

// An untyped test can pass anything: each mistake here is one that TypeScript would find.
test.each<readonly [string, () => unknown]>([
  ['createSandbox has no option "request". Use: seed', () => createSandbox({ request: 'off' } as never)],
  [
    'Unknown value of requests: "stric". Use one of: expected',
    () => createSandbox({ requests: 'stric' as never }),
  ],
  [
    'Invalid value of the option pendingAfter: "soon". Write a number with its unit',
    () => createSandbox({ pendingAfter: 'soon' as never }),
  ],
  ['The option seed must be', () => createSandbox({ seed: '' })],
  ['The option seed must be', () => createSandbox({ seed: Number.NaN })],
  ['The option seed must be', () => createSandbox({ seed: {} as never })],
  ['The option seed must be', () => sandbox.fork({ seed: '' })],
  ['The option now must be', () => createSandbox({ now: new Date() as never })],
  ['The option now must be', () => createSandbox({ now: Number.NaN })],
  ['The option now must be', () => createSandbox({ now: 9e15 })],
  ['The option now must be', () => createSandbox({ now: () => Number.NaN })],
  [
    'The option allowedCallbackHosts must be a list',
    () => createSandbox({ allowedCallbackHosts: 'host.test' as never }),
  ],
  ...['http://host.test', 'host.test:80', 'host.test/x', '*', '*.host.test', 'a@host.test', ''].map(
    (name) =>
      [
        `without scheme, port and wildcard, such as host.docker.internal, not "${name}"`,
        () => createSandbox({ allowedCallbackHosts: [name] }),
      ] as const,
  ),
  ['The option onEffect must be a function', () => createSandbox({ onEffect: 1 as never })],
  ['createSandboxes has no option "maximum"', () => createSandboxes({ maximum: 3 } as never)],
  ['The maximum number of sandboxes must be', () => createSandboxes({ max: Number.NaN })],
  ['Unknown transport: "htp"', () => createSandboxes({ transport: 'htp' as never })],
  ...[0, -1, 1.5, '2', null].map(
    (times) =>
      [
        'The option times of on must be',
        () => sandbox.on('pullMerchant', { times: times as never }),
      ] as const,
  ),
  ['The handler of pullMerchant must be', () => sandbox.on('pullMerchant', {}, 5 as never)],
  ['mswHandlers has no option "baseUrl"', () => mswHandlers(sandbox, { baseUrl: {} } as never)],
  [
    'The baseUrls of mswHandlers has no option "goo"',
    () => mswHandlers(sandbox, { baseUrls: { goo: 'http://x.test' } as never }),
  ],
  ['fork has no option "sead"', () => sandbox.fork({ sead: 1 } as never)],
  ['Unknown operation: "pulMerchant"', () => sandbox.on('pulMerchant' as never)],
  ['on has no option "time"', () => sandbox.on('pullMerchant', { time: 1 } as never)],
  [
    'Unknown kind of policy: "auto-acept"',
    () => sandbox.backOffice.setPolicy({ kind: 'auto-acept' } as never),
  ],
  [
    'A policy of the kind auto-accept has no option "afer"',
    () => sandbox.backOffice.setPolicy({ kind: 'auto-accept', afer: '1m' } as never),
  ],
  [
    'The weights of a policy has no option "acept"',
    () => sandbox.backOffice.setPolicy({ kind: 'random', weights: { acept: 1 } } as never),
  ],
  [
    'The details of a decision has no option "raeson"',
    () => sandbox.backOffice.accept('x', { raeson: 'y' } as never),
  ],
  ['The reason of a decision must be text', () => sandbox.backOffice.reject('x', { reason: 5 as never })],
  [
    'There is already a partner twice',
    () => {
      const credentials = { username: 'twice', password: 'Not-a-real-password-1' };
      const { backOffice } = createSandbox({ partner: credentials });
      backOffice.addPartner(credentials);
    },
  ],
  ['The credentials of a partner must have', () => sandbox.backOffice.addPartner({ username: 'x' } as never)],
  ['Unknown value of reveal: "false"', () => sandbox.exchange(1, { reveal: 'false' as never })],
  ['Unknown transport: "htp"', () => sandbox.attach('htp' as never)],
  ['The max of runUntilIdle must be', () => sandbox.clock.runUntilIdle({ max: Number.NaN })],
  ['The number of sample cases must be', () => sandbox.backOffice.addSampleCases(1.5)],
  ['backOffice.list has no option "statsu"', () => sandbox.backOffice.list({ statsu: 'new' } as never)],
  ['Unknown answeredBy: "faults"', () => sandbox.requests({ answeredBy: 'faults' as never })],
  ['Unknown status: "accepted"', () => sandbox.backOffice.list({ status: 'accepted' as never })],
  ['callbacks.list has no option "evnt"', () => sandbox.callbacks.list({ evnt: 'accept' } as never)],
  [
    'The filter of requests has no value for "merchantId". Leave the property out to match every value.',
    () => sandbox.requests({ merchantId: undefined as never }),
  ],
  ['The merchantId of requests must be a string', () => sandbox.requests({ merchantId: 5 as never })],
  ['The status of requests must be a number', () => sandbox.requests({ status: '200' as never })],
  ['The filter of requests must be an object', () => sandbox.requests([] as never)],
  [
    'The filter of callbacks.list has no value for "event"',
    () => sandbox.callbacks.list({ event: undefined as never }),
  ],
  [
    'The filter of backOffice.list has no value for "flowId"',
    () => sandbox.backOffice.list({ flowId: undefined as never }),
  ],
  ['The search of backOffice.list must be a string', () => sandbox.backOffice.list({ search: 5 as never })],
  ['Unknown kind of fault', () => sandbox.faults.add({ operation: '*', kind: 'rest' as never })],
  ['callbacks.drain has no option "sgnal"', () => sandbox.callbacks.drain({ sgnal: 1 } as never)],
  ['runUntilIdle has no option "maximum"', () => sandbox.clock.runUntilIdle({ maximum: 1 } as never)],
  ['respondUnchecked cannot send the status 99', () => sandbox.on('pullMerchant').respondUnchecked(99, {})],
  ['A response with the status 204 has no body', () => sandbox.on('pullMerchant').respondUnchecked(204, {})],
  ['data that JSON can represent', () => sandbox.on('pullMerchant').respondUnchecked(200, 1n)],
])('%s…', (message, misuse) => {
  expect(misuse).toThrow(OptionError);
  expect(misuse).toThrow(message);
});

test.each<readonly [string, () => Promise<unknown>]>([
  ['The port of --port must be', () => startSandbox({ port: 70_000 })],
  ['The port of --control-port must be', () => startSandbox({ port: 0, controlPort: '0' as never })],
  ['The host of --host must not be empty', () => startSandbox({ port: 0, host: '' })],
  ['The host of --control-host must not be empty', () => startSandbox({ port: 0, controlHost: '' })],
  ['startSandbox has no option "prot"', () => startSandbox({ prot: 1 } as never)],
  [
    'The filter of callbacks.next has no option "evnt"',
    () => sandbox.callbacks.next({ evnt: 'accept' } as never),
  ],
  [
    'The filter of callbacks.next has no value for "merchantId"',
    () => sandbox.callbacks.next({ event: 'accept', merchantId: undefined as never }),
  ],
  [
    'The merchantId of callbacks.next must be a string',
    () => sandbox.callbacks.next({ merchantId: 5 as never }),
  ],
  ['Unknown event: "accepted"', () => sandbox.callbacks.next({ event: 'accepted' as never })],
  ['callbacks.next has no option "timeout"', () => sandbox.callbacks.next({}, { timeout: 1 } as never)],
  ['The number of callbacks.take must be a whole number, 1 or more', () => sandbox.callbacks.take(0)],
  ['callbacks.take has no option "timeout"', () => sandbox.callbacks.take(1, {}, { timeout: 1 } as never)],
  [
    'The filter of callbacks.take has no option "evnt"',
    () => sandbox.callbacks.take(1, { evnt: 'accept' } as never),
  ],
  ...[-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5s'].map(
    (timeoutMs) =>
      [
        'The timeoutMs of callbacks.next must be a number of milliseconds from 0',
        () => sandbox.callbacks.next({}, { timeoutMs: timeoutMs as never }),
      ] as const,
  ),
])('%s…', async (message, misuse) => {
  await expect(misuse()).rejects.toThrow(OptionError);
  await expect(misuse()).rejects.toThrow(message);
});

test('an id that is not a string is unknown', () => {
  expect(() => sandbox.backOffice.accept(undefined as never)).toThrow(BackOfficeError);
  expect(sandbox.backOffice.find(7 as never)).toBeUndefined();
  expect(sandbox.callbacks.find(undefined as never)).toBeUndefined();
});

test('a scenario with an empty seed is refused', () => {
  expect(() => createSandbox({ scenario: { name: 'example', seed: '' } })).toThrow(ScenarioError);
});

test('on a Node that is too old, a sandbox says which Node it needs', async () => {
  const { engines } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  const { groupBy } = Map;
  onTestFinished(() => {
    Map.groupBy = groupBy;
  });
  Map.groupBy = undefined as never; // As in Node 20.
  const [oldest, floor] = engines.node.match(/[\d.]+/g);
  const problem = `The sandbox needs Node 22 from ${oldest} on, or Node ${floor} or newer`;
  expect(() => createSandbox()).toThrow(problem);
  await expect(startSandbox({ port: 0, controlPort: 0 })).rejects.toThrow(problem);
});
