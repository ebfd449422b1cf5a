import { expect, onTestFinished, test, vi } from 'vitest';
import { flowId, pendingMerchant, readySandbox, realmId } from '../support/journey.ts';
import { startReceiver } from '../support/receiver.ts';

test('an exception of onEffect is the test’s own error, and loses no callback', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const { url, received, close } = await startReceiver();
  onTestFinished(close);
  const mistake = new Error('the test expected no effect');
  const { sandbox, api, token, distributorId } = await readySandbox({
    onEffect: () => {
      throw mistake;
    },
  });
  const callbacks = { pending: url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  await sandbox.callbacks.drain();
  expect(received).toHaveLength(1);
  expect(sandbox.overrideErrors()[0]).toMatchObject({
    message: 'The option onEffect threw an exception.',
    cause: mistake,
  });
  expect(log.mock.calls.join()).not.toContain('The sandbox has a bug');
});

test('onEffect may change the sandbox', async () => {
  const { sandbox, api, token } = await readySandbox({
    onEffect: (effect) => {
      if (effect.kind === 'move' && effect.move === 'push') sandbox.backOffice.accept(effect.merchantId);
    },
  });
  const merchantId = await pendingMerchant(api, token);
  expect(sandbox.backOffice.find(merchantId)?.status).toBe('accept');
});
