import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import {
  ApiSession,
  flowId,
  pendingMerchant,
  pullOf,
  readyPartner,
  readySandbox,
  realmId,
  start,
} from '../support/journey.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

function closing<Open extends RunningSandbox | Receiver>(open: Open): Open {
  onTestFinished(open.close);
  return open;
}

test('a clock runs with the given clock and keeps its lead', () => {
  const time = { now: start };
  const { clock } = createSandbox({ now: () => time.now });
  clock.advance(1000);
  clock.advance(0);
  expect(clock.now()).toBe(start + 1000);
  time.now += 5;
  expect(clock.now()).toBe(start + 1005);
});

test('tokens expire with the clock', async () => {
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  sandbox.clock.advance(1_209_600_000 - 1);
  expect(await api.send('pullMerchant', pullOf(merchantId, token))).toMatchObject({ status: 200 });
  sandbox.clock.advance(1);
  expect(await api.send('pullMerchant', pullOf(merchantId, token))).toMatchObject({
    status: 401,
    body: { error: { code: 'INVALID_TOKEN' } },
  });
});

test('a running sandbox repeats a callback when its clock reaches the due time', async () => {
  const { promise: posted, resolve } = Promise.withResolvers<void>();
  const receiver = closing(
    await startReceiver((attempt) => {
      if (attempt === 2) resolve();
      return new Response('', { status: attempt === 1 ? 500 : 200 });
    }),
  );
  // The clock moves only with `advance`.
  const { url, sandbox } = closing(await startSandbox({ port: 0, controlPort: 0, now: () => start }));
  const api = new ApiSession(fetch, url);
  const { token, distributorId } = await readyPartner(api, sandbox.fixtures.administratorToken);
  const callbacks = { pending: receiver.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  await sandbox.callbacks.drain();
  sandbox.clock.advance(2000);
  await posted;
  await sandbox.callbacks.drain();
  expect(sandbox.callbacks.all()).toMatchObject([{ status: 'delivered' }]);
});

test.each([
  ['1.1m', 66_000],
  ['1.001s', 1001],
  ['2.2m', 132_000],
  ['0.07d', 6_048_000],
] as const)('a clock advances by %s', async (duration, milliseconds) => {
  const { clock } = createSandbox({ now: start });
  await clock.advance(duration);
  expect(clock.now()).toBe(start + milliseconds);
});

test.each(['0.5ms', '0.0001s', '1', '-1s', '1e3s'])('a clock refuses to advance by %s', (duration) => {
  const { clock } = createSandbox({ now: start });
  expect(() => clock.advance(duration as never)).toThrow('Invalid duration');
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, 0xffff_ffff * 1000])(
  'a clock refuses to advance by %s milliseconds',
  (milliseconds) => {
    const { clock } = createSandbox({ now: () => start });
    expect(() => clock.advance(milliseconds)).toThrow(RangeError);
    expect(clock.now()).toBe(start);
  },
);
