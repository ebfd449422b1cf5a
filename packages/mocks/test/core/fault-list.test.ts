import { expect, test } from 'vitest';
import { openTransport } from '../support/transports.ts';

test.each([
  [{ operation: '*', kind: 'no-such-kind' }, 'Unknown kind of fault'],
  [{ operation: 'noSuchOperation', kind: 'reset' }, 'Unknown operation'],
  [{ kind: 'latency', delay: 1 }, 'either operation or callback'],
  [{ operation: '*', callback: '*', kind: 'drop' }, 'either operation or callback'],
  [{ callback: 'draft', kind: 'drop' }, 'Unknown callback'],
  [{ operation: '*', kind: 'drop' }, 'Unknown kind of fault'],
  [{ callback: '*', kind: 'reset' }, 'Unknown kind of fault'],
  [{ operation: '*', kind: 'status', status: 200 }, 'Invalid value for `status`'],
  [{ operation: '*', kind: 'status' }, 'requires status'],
  [{ operation: '*', kind: 'status', status: 503, time: 1 }, 'has no property time'],
  [{ operation: '*', kind: 'empty-body', times: 0 }, 'Invalid value for `times`'],
  [{ operation: '*', kind: 'empty-body', rate: 1.5 }, 'Invalid value for `rate`'],
  [{ operation: '*', kind: 'empty-body', ttl: '10 minutes' }, 'Invalid value for `ttl`'],
  [{ operation: '*', kind: 'latency' }, 'requires delay'],
  [{ operation: 'pushMerchant', kind: 'stale-read' }, 'Use one of: pullMerchant'],
  [{ operation: 'loginPartner', kind: 'token-revoked' }, 'cannot break loginPartner'],
  [{ operation: '__proto__', kind: 'empty-body' }, 'Unknown operation'],
  [{ operation: '*', kind: 'constructor' }, 'Unknown kind of fault'],
  [null, 'must be an object'],
])('the fault %j is refused', async (fault, problem) => {
  const { sandbox } = await openTransport['in-process']();
  expect(() => sandbox.faults.add(fault as never)).toThrow(problem);
  expect(sandbox.faults.list()).toEqual([]);
});

test('one fault or all faults can be removed', async () => {
  const { sandbox } = await openTransport['in-process']();
  const id = sandbox.faults.add({ operation: '*', kind: 'empty-body' });
  sandbox.faults.add({ operation: '*', kind: 'throttled-403' });
  expect(sandbox.faults.remove(id)).toBe(true);
  expect(sandbox.faults.remove(id)).toBe(false);
  expect(sandbox.faults.remove(undefined as never)).toBe(false);
  expect(sandbox.faults.list()).toHaveLength(1);
  sandbox.faults.clear();
  expect(sandbox.faults.list()).toEqual([]);
});

test('a sandbox has at most 1000 faults', async () => {
  const { sandbox } = await openTransport['in-process']();
  for (let count = 0; count < 1000; count++) sandbox.faults.add({ operation: '*', kind: 'empty-body' });
  expect(() => sandbox.faults.add({ operation: '*', kind: 'empty-body' })).toThrow(
    'the limit of 1000 is reached',
  );
});
