import { requests } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { expect, test, vi } from 'vitest';
import { createDerive } from '../../src/core/seed/derive.ts';
import { createMerchant, pushOf, readySandbox } from '../support/journey.ts';

const seed = process.env['FUZZ_SEED'] ?? `${Date.now()}`;
const rounds = 600;

/** A small generator that a seed repeats. */
function createDice(ofSeed: string) {
  const derive = createDerive(ofSeed);
  let draws = 0;
  const below = (limit: number) => Number.parseInt(derive(`${draws++}`).slice(0, 8), 16) % limit;
  const pick = <T>(choices: readonly [T, ...(readonly T[])]): T =>
    choices[below(choices.length)] ?? choices[0];
  return { below, pick };
}

type Dice = ReturnType<typeof createDice>;

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
] as const;
const oddValues: readonly [unknown, ...(readonly unknown[])] = [
  null,
  true,
  0,
  -1,
  1e308,
  [],
  {},
  [[[[]]]],
  ...oddText,
];

function mutate(dice: Dice, value: unknown): unknown {
  if (dice.below(8) === 0) return dice.pick(oddValues);
  if (Array.isArray(value)) return value.flatMap((item) => (dice.below(9) === 0 ? [] : [mutate(dice, item)]));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]) =>
    dice.below(12) === 0 ? [] : [[dice.below(20) === 0 ? dice.pick(oddText) : name, mutate(dice, member)]],
  );
  if (dice.below(4) === 0)
    members.push([dice.pick([...oddText, 'status', 'id', 'actionBy']), dice.pick(oddValues)]);
  return Object.fromEntries(members);
}

test(`no input brings a fault, with FUZZ_SEED=${seed}`, async () => {
  const fault = vi.spyOn(console, 'error');
  const dice = createDice(seed);
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
    const { operationId, method, path } = dice.pick(
      Object.values(operations) as [(typeof operations)[OperationId]],
    );
    const text = JSON.stringify(mutate(dice, bodies[operationId]) ?? null);
    const cut = dice.below(10) === 0 ? text.slice(0, dice.below(text.length)) : text;
    const filled = path.replace(/\{.*\}/, dice.pick([merchantId, 'constructor', '%zz', '%00', '..%2f']));
    const response = await sandbox.fetch(
      new Request(
        `http://sandbox.test${filled}?realmId=${dice.pick(['6553e0000000000000000002', '%ff', '__proto__'])}`,
        {
          method,
          headers: {
            authorization: dice.pick([
              token,
              token,
              token,
              sandbox.fixtures.administratorToken,
              'Bearer x',
              '__proto__',
            ]),
            'content-type': dice.pick([
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
  expect(fault).not.toHaveBeenCalled();
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 415, 422]));
});
