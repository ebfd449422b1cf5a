import { webhooks } from '@partner-ecosystem/openapi/validators';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackFaultKind } from '../../src/core/model/fault.ts';
import type { Sandbox } from '../../src/index.ts';
import {
  createMerchant,
  flowId,
  pendingMerchant,
  pullOf,
  pushOf,
  readySandbox,
  realmId,
} from '../support/journey.ts';
import { type Received, startReceiver } from '../support/receiver.ts';

/** A partner with a receiver for all callbacks. */
async function listening() {
  const receiver = await startReceiver();
  onTestFinished(receiver.close);
  const ready = await readySandbox();
  const { api, token, distributorId } = ready;
  const url = receiver.url;
  const callbacks = { accept: `${url}/accept`, reject: `${url}/reject`, pending: `${url}/pending` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  return { ...ready, received: receiver.received };
}

const paths = (received: readonly Received[]) => received.map(({ path }) => path);
const details = '/merchantData';

/** The effect of each kind on the receiver of a case that becomes pending and is then accepted. */
const cases: {
  readonly [Kind in CallbackFaultKind]: {
    readonly add: (sandbox: Sandbox) => void;
    readonly sees: (received: readonly Received[], sandbox: Sandbox) => unknown;
  };
} = {
  drop: {
    add: ({ faults }) => faults.add({ callback: 'pending', kind: 'drop' }),
    sees: (received, { callbacks }) => {
      expect(paths(received)).toEqual(['/accept']);
      expect(callbacks.all()).toMatchObject([
        { status: 'dropped', faults: ['drop'] },
        { status: 'delivered' },
      ]);
    },
  },
  delay: {
    add: ({ faults }) => faults.add({ callback: 'pending', kind: 'delay', by: '10m' }),
    sees: async (received, { clock }) => {
      expect(paths(received)).toEqual(['/accept']);
      await clock.advance('10m');
      expect(paths(received)).toEqual(['/accept', '/pending']);
    },
  },
  duplicate: {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 }),
    sees: (received, { callbacks }) => {
      expect(paths(received)).toEqual(['/pending', '/accept', '/accept', '/accept']);
      const [, original, ...copies] = callbacks.all();
      expect(copies).toMatchObject(Array(2).fill({ copyOf: original?.id, payload: original?.payload }));
    },
  },
  reorder: {
    add: ({ faults }) => faults.add({ callback: 'pending', kind: 'reorder' }),
    sees: (received) => expect(paths(received)).toEqual(['/accept', '/pending']),
  },
  'contradict-later': {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'contradict-later', after: '2h' }),
    sees: async (received, { clock, journal }) => {
      expect(paths(received)).toEqual(['/pending', '/accept']);
      await clock.advance('2h');
      expect(paths(received)).toEqual(['/pending', '/accept', '/reject']);
      expect(journal()).toContainEqual(expect.objectContaining({ kind: 'move', to: 'reject', by: 'fault' }));
    },
  },
  'wrong-body': {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'wrong-body', body: 'nested' }),
    sees: ([, accept]) => {
      expect(webhooks.accept.validate(accept?.body).ok).toBe(false);
      expect(accept?.body).toHaveProperty('result.merchantData.basicDetails.status', 'accept');
    },
  },
  redirected: {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'redirected' }),
    sees: ([, accept]) => expect(accept).toMatchObject({ method: 'GET', text: '' }),
  },
  oversized: {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'oversized', bytes: 2_000_000 }),
    sees: ([, accept]) => {
      expect(accept?.text.length).toBeGreaterThan(2_000_000);
      expect(accept?.body).toHaveProperty('merchantData.status', 'accept');
    },
  },
  'drift-unknown-word': {
    add: ({ faults }) =>
      faults.add({ callback: 'accept', kind: 'drift-unknown-word', at: `${details}/status` }),
    sees: ([, accept]) => expect(accept?.body).toHaveProperty('merchantData.status', 'not-heard-of-before'),
  },
  'drift-extra-member': {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'drift-extra-member', at: '' }),
    sees: ([, accept]) => expect(accept?.body).toHaveProperty('notAnnounced'),
  },
  'drift-missing-optional': {
    add: ({ faults }) =>
      faults.add({ callback: 'accept', kind: 'drift-missing-optional', at: `${details}/signzyAppId` }),
    sees: ([, accept]) => expect(accept?.body).not.toHaveProperty('merchantData.signzyAppId'),
  },
  'drift-number-as-string': {
    add: ({ faults }) =>
      faults.add({ callback: 'accept', kind: 'drift-number-as-string', at: `${details}/actionTime` }),
    sees: ([, accept]) =>
      expect(accept?.body).toHaveProperty('merchantData.actionTime', expect.stringMatching(/^\d{13}$/)),
  },
  'drift-null': {
    add: ({ faults }) => faults.add({ callback: 'accept', kind: 'drift-null', at: `${details}/email` }),
    sees: ([, accept]) => expect(accept?.body).toHaveProperty('merchantData.email', null),
  },
};

test.each(Object.entries(cases))('%s has the documented effect on the receiver', async (_, { add, sees }) => {
  const { api, token, sandbox, received } = await listening();
  add(sandbox);
  const merchantId = await pendingMerchant(api, token);
  sandbox.backOffice.accept(merchantId);
  await sandbox.callbacks.drain();
  await sees(received, sandbox);
  expect(sandbox.faults.list()).toMatchObject([{ struck: 1 }]);
});

test.each(['unparsable', 'empty'] as const)('a wrong body can be %s', async (body) => {
  const { api, token, sandbox, received } = await listening();
  sandbox.faults.add({ callback: '*', kind: 'wrong-body', body });
  await pendingMerchant(api, token);
  await sandbox.callbacks.drain();
  expect(() => JSON.parse(received[0]?.text ?? '{}')).toThrow(SyntaxError);
});

test('a reordered callback is posted after an hour without another callback', async () => {
  const { api, token, sandbox, received } = await listening();
  sandbox.faults.add({ callback: 'pending', kind: 'reorder' });
  await pendingMerchant(api, token);
  await sandbox.callbacks.drain();
  expect(received).toEqual([]);
  await sandbox.clock.advance('1h');
  expect(paths(received)).toEqual(['/pending']);
});

test('a pull confirms the later contradiction of a callback', async () => {
  const { api, token, sandbox } = await listening();
  sandbox.faults.add({ callback: 'accept', kind: 'contradict-later', after: '2h' });
  const merchantId = await pendingMerchant(api, token);
  sandbox.backOffice.accept(merchantId);
  await sandbox.clock.advance('2h');
  const { body } = await api.send('pullMerchant', pullOf(merchantId, token));
  expect(body).toHaveProperty('result.merchantData.basicDetails.status', 'reject');
});

test('a fault of a callback does not strike without a registered URL', async () => {
  const { api, token, sandbox } = await readySandbox();
  sandbox.faults.add({ callback: '*', kind: 'drop' });
  const merchantId = await createMerchant(api, token);
  await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  expect(sandbox.faults.list()).toMatchObject([{ struck: 0 }]);
});
