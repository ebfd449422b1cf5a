import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { createSandbox, type Scenario, ScenarioError, type Snapshot } from '../../src/index.ts';
import { pendingMerchant, readySandbox } from '../support/journey.ts';

const { customer } = requests.createMerchant;

/** A copy of a snapshot that a test may break. */
type Draft = { -readonly [Name in keyof Snapshot]: Record<string, Record<string, unknown>> };

async function busySandbox() {
  const ready = await readySandbox();
  const merchantId = await pendingMerchant(ready.api, ready.token);
  return { ...ready, merchantId };
}

test('every state that requests can make can be restored, and sent to the control API', async () => {
  const { api, token, sandbox } = await readySandbox();
  const nested = (depth: number): unknown => (depth === 0 ? [] : [nested(depth - 1)]);
  const body = (value: unknown) =>
    `${JSON.stringify({ ...customer, 'branch code': value }).slice(0, -1)},"__proto__":{"x":1}}`;
  const send = (value: unknown) =>
    api.send('createMerchant', {
      token,
      init: { body: body(value), headers: { 'content-type': 'application/json' } },
    });
  expect((await send(nested(100))).status).toBe(400);
  const accepted = await send(nested(40));
  expect(accepted.status).toBe(200);
  expect(Object.keys(accepted.body)).not.toContain('__proto__');
  const snapshot = sandbox.snapshot();
  expect(JSON.stringify(snapshot)).not.toContain('__proto__');
  expect(() => sandbox.restore(snapshot)).not.toThrow();
  expect(() => createSandbox({ scenario: sandbox.scenario() })).not.toThrow();
});

test.each<readonly [string, (draft: Draft, merchantId: string) => void]>([
  ['/merchants/*/status', (draft, id) => Object.assign(draft.merchants[id] ?? {}, { status: 'accepted' })],
  ['/merchants/*/id', (draft, id) => Object.assign(draft.merchants[id] ?? {}, { id: 'another' })],
  ['/merchants/*/createdAt', (draft, id) => Object.assign(draft.merchants[id] ?? {}, { createdAt: 9e15 })],
  ['/merchants/*', (draft, id) => Object.assign(draft.merchants[id] ?? {}, { stauts: 'new' })],
  [
    '/merchants/*/distributorId',
    (draft) => Object.assign(draft, { partners: {}, links: {}, tokens: onlyAdministrator(draft) }),
  ],
  [
    '/merchants/*/previous/status',
    (draft, id) => {
      const { previous } = draft.merchants[id] ?? {};
      Object.assign(previous ?? {}, { status: 'accepted' });
    },
  ],
  ['/ordinals/merchant', (draft) => Object.assign(draft.ordinals, { merchant: 0 })],
  ['/tokens/…/partnerId', (draft, id) => Object.assign(draft.tokens, { secret: { partnerId: id } })],
  ['/administratorToken', (draft) => Object.assign(draft, { administratorToken: 'unknown' })],
  ['/realms', (draft) => Object.assign(draft, { realms: {}, links: {} })],
  ['/policy', (draft) => Object.assign(draft, { policy: { kind: 'auto-acept' } })],
  [
    '/faults/0',
    (draft) =>
      Object.assign(draft, {
        faults: [{ id: 'fault-1', kind: 'rest', operation: '*', considered: 0, struck: 0 }],
      }),
  ],
  ['its root', (draft) => Object.assign(draft, { merchant: {} })],
  ['its root', (draft) => Reflect.deleteProperty(draft, 'files')],
])('a snapshot that is wrong at %s is refused, and changes nothing', async (pointer, spoil) => {
  const { sandbox, merchantId } = await busySandbox();
  const before = sandbox.snapshot();
  const draft = structuredClone(before) as unknown as Draft;
  spoil(draft, merchantId);
  const place = pointer.replace('*', merchantId);
  const restore = () => sandbox.restore(draft as unknown as Snapshot);
  expect(restore).toThrow(ScenarioError);
  expect(restore).toThrow(`The snapshot is invalid at ${place}: `);
  expect(restore).not.toThrow('secret');
  expect(sandbox.snapshot()).toEqual(before);
});

function onlyAdministrator({ tokens, administratorToken }: Draft) {
  return { [`${administratorToken}`]: tokens[`${administratorToken}`] };
}

test.each<readonly [string, object]>([
  ['its root', { nam: 'misspelt' }],
  ['/seed', { name: 'x', seed: {} }],
  ['/start', { name: 'x', start: 1e300 }],
  ['/policy', { name: 'x', policy: { kind: 'by-rule', rules: [{ field: 'nmae' }] } }],
  [
    '/faults/1',
    {
      name: 'x',
      faults: [
        { operation: '*', kind: 'reset' },
        { operation: 'pulMerchant', kind: 'reset' },
      ],
    },
  ],
  ['/state', { name: 'x', state: { merchants: {} } }],
  ['its root', { name: 'x', state: { data: 1n } }],
])('a scenario that is wrong at %s is refused', (pointer, scenario) => {
  const sandbox = createSandbox();
  const before = sandbox.snapshot();
  const message = `The scenario is invalid at ${pointer}: `;
  expect(() => createSandbox({ scenario: scenario as Scenario })).toThrow(message);
  expect(() => sandbox.load(scenario as Scenario)).toThrow(message);
  expect(sandbox.snapshot()).toEqual(before);
});

test('data that JSON cannot represent does not enter a state', async () => {
  const { sandbox } = await busySandbox();
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  expect(() => sandbox.restore(cyclic as unknown as Snapshot)).toThrow('it is not plain data');
  const deep = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`);
  expect(() => sandbox.restore(deep)).toThrow('nested more than 64 levels');
});

test('a restored state never creates an id again', async () => {
  const { sandbox, api, token } = await busySandbox();
  sandbox.restore(sandbox.snapshot());
  const before = Object.keys(sandbox.snapshot().merchants);
  expect(before).not.toContain(await pendingMerchant(api, token));
  expect(Object.keys(sandbox.snapshot().merchants)).toHaveLength(2);
});
