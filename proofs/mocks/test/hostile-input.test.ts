import { requests } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test, vi } from 'vitest';
import { createMerchant, pushOf, readySandbox } from '../../../packages/mocks/test/support/journey.ts';
import { createRandom, type Random } from '../run/random.ts';

const rounds = 600;

const oddText = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '../../..',
  '%zz',
  '{{7*7}}',
  '😀'.repeat(99),
];
const oddValues: readonly unknown[] = [null, true, 0, -1, 1e308, [], {}, [[[[]]]], ...oddText];

function mutate(random: Random, value: unknown): unknown {
  if (random.oneIn(8)) return random.pick(oddValues);
  if (Array.isArray(value)) return value.flatMap((item) => (random.oneIn(9) ? [] : [mutate(random, item)]));
  if (typeof value !== 'object' || value === null) return value;
  const properties = Object.entries(value).flatMap(([name, property]) =>
    random.oneIn(12) ? [] : [[random.oneIn(20) ? random.pick(oddText) : name, mutate(random, property)]],
  );
  if (random.oneIn(4))
    properties.push([random.pick([...oddText, 'status', 'id', 'actionBy']), random.pick(oddValues)]);
  return Object.fromEntries(properties);
}

test(`no input causes an internal error, SEED=${seed}`, async () => {
  const log = vi.spyOn(console, 'error');
  const random = createRandom(`${seed}`);
  const { sandbox, api, token, distributorId } = await readySandbox();
  const merchantId = await createMerchant(api, token);
  const bodies: { readonly [Id in OperationId]?: unknown } = {
    ...Object.fromEntries(Object.entries(requests).map(([id, examples]) => [id, Object.values(examples)[0]])),
    registerCallbacks: { ...requests.registerCallbacks.allEvents, distributorId },
    linkPartner: { ...requests.linkPartner.realm, distributorId },
    assignFlows: { ...requests.assignFlows.oneFlow, distributorId },
    pushMerchant: pushOf(merchantId),
  };
  const seen = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    const { operationId, method, path } = random.pick(Object.values(operations));
    const text = JSON.stringify(mutate(random, bodies[operationId]) ?? null);
    const cut = random.oneIn(10) ? text.slice(0, random.below(text.length)) : text;
    const filled = path.replace(/\{.*\}/, random.pick([merchantId, 'constructor', '%zz', '%00', '..%2f']));
    const response = await sandbox.fetch(
      new Request(
        `http://sandbox.test${filled}?realmId=${random.pick(['6553e0000000000000000002', '%ff', '__proto__'])}`,
        {
          method,
          headers: {
            authorization: random.pick([
              token,
              token,
              token,
              sandbox.fixtures.administratorToken,
              'Bearer x',
              '__proto__',
            ]),
            'content-type': random.pick([
              'application/json',
              'application/json',
              'application/json;charset=x',
              'multipart/form-data',
              'x',
            ]),
          },
          ...(method === 'POST' && { body: cut }),
        },
      ),
    );
    seen.add(response.status);
    expect(response.status, `round ${round}: ${operationId}`).toBeLessThan(500);
    await response.json();
  }
  expect(log).not.toHaveBeenCalled();
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 415, 422]));
});
