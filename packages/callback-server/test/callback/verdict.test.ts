import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { type Body, startServer } from '../support/running-server.ts';

async function verdictOf(event: string, body: Body) {
  const { server, post } = await startServer();
  expect((await post(event, body)).status).toBe(200);
  const [kept] = await server.callbacks.list();
  return { verdict: kept?.verdict, pointers: kept?.violations.map(({ pointer }) => pointer) };
}

test('custom fields and words in another case are valid', async () => {
  const body = callback('accept', { 'branch code': 7, decisionEngineResult: 'UNCERTAIN', status: 'Accept' });
  expect(await verdictOf('accept', body)).toEqual({ verdict: 'valid', pointers: [] });
});

test.each([
  ['an unknown word', { subStatus: 'parked' }, '/merchantData/subStatus'],
  ['a changed type', { isDeleted: 'no' }, '/merchantData/isDeleted'],
  [
    'an unknown property',
    { flowDetails: { name: 'x', type: 'mainflow', colour: 'red' } },
    '/merchantData/flowDetails/*',
  ],
])('%s is drift', async (_, changes, pointer) => {
  expect(await verdictOf('accept', callback('accept', changes))).toEqual({
    verdict: 'drift',
    pointers: [pointer],
  });
});

test('a callback that lacks an optional property is valid, and the lack is reported', async () => {
  expect(await verdictOf('accept', callback('accept', { regex: undefined }))).toEqual({
    verdict: 'valid',
    pointers: ['/merchantData/regex'],
  });
});

test('a callback without an id or a status is invalid', async () => {
  expect(await verdictOf('accept', callback('accept', { id: undefined }))).toMatchObject({
    verdict: 'invalid',
  });
  expect(await verdictOf('accept', callback('accept', { status: 7 }))).toMatchObject({ verdict: 'invalid' });
  expect(await verdictOf('', callback('accept', { status: 'parked' }))).toMatchObject({ verdict: 'invalid' });
});

test.each([
  ['accept', 'reject'],
  ['accept', 'Rejected'],
  ['accept', ' PENDING '],
  ['accept', 'drafted'],
  ['reject', 'accept'],
  ['pending', 'accepted'],
  ['dropoff', 'new'],
])('posted to %s, the status %j is a contradiction that reaches no route', async (event, status) => {
  const taken: string[] = [];
  const { server, post } = await startServer({ forwardUrl: 'http://127.0.0.1:2/' }, (starting) => {
    for (const each of ['accept', 'reject', 'pending', 'draft', 'dropoff', 'new'] as const)
      starting.on(each, () => void taken.push(each));
  });
  expect((await post(event, callback('accept', { id: 'one', status }))).status).toBe(200);
  const [kept] = await server.callbacks.list();
  expect(kept).toMatchObject({ event, verdict: 'invalid', merchantId: 'one', status, deliveries: [] });
  expect(kept?.violations).toContainEqual(
    expect.objectContaining({ pointer: '/merchantData/status', keyword: 'event' }),
  );
  expect(taken).toEqual([]);
});

test('with INVALID_CALLBACKS=reject a contradiction gets 422', async () => {
  const { post } = await startServer({ invalidCallbacks: 'reject' });
  expect((await post('accept', callback('accept', { status: 'reject' }))).status).toBe(422);
  expect((await post('accept', callback('accept', { status: 'Accepted' }))).status).toBe(200);
});

test.each<[string, string | Uint8Array]>([
  ['a byte order mark', `\ufeff${callback('accept', { id: 'one' })}`],
  ['two byte order marks', `\ufeff\ufeff${callback('accept', { id: 'one' })}`],
  ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
])('the mask and the verdict of a body with %s agree on whether the body can be parsed', async (_, body) => {
  const { server, post } = await startServer();
  await post('accept', body as Body);
  const [kept] = await server.callbacks.list();
  const { masked } = (await server.callbacks.get(kept?.id ?? '')) ?? {};
  expect(typeof masked === 'string').toBe(kept?.verdict === 'unparsable');
});

const named = (id: unknown, rest: object = {}) => JSON.stringify({ merchantData: { id, ...rest } });

test.each<[string, string, Body, string | undefined]>([
  ['no status', 'accept', named('one'), 'one'],
  ['a status of another type', 'accept', callback('accept', { id: 'one', status: 7 }), 'one'],
  ['a status that names no event', '', callback('accept', { id: 'one', status: 'parked' }), 'one'],
  ['an empty id', 'accept', named('', { status: 'accept' }), undefined],
  ['an id that is a number', 'accept', named(7, { status: 'accept' }), undefined],
  ['an id in another place', 'accept', '{"id":"one","status":"accept"}', undefined],
  ['an id under the key __proto__', 'accept', '{"__proto__":{"merchantData":{"id":"x"}}}', undefined],
  ['a list of merchants', 'accept', '{"merchantData":[{"id":"one"}]}', undefined],
  ['the body null', 'accept', 'null', undefined],
])(
  'an invalid callback with %s has its merchant if the id can be read',
  async (_, event, body, merchantId) => {
    const { server, post } = await startServer();
    expect((await post(event, body)).status).toBe(200);
    const [kept] = await server.callbacks.list();
    expect([kept?.verdict, kept?.merchantId]).toEqual(['invalid', merchantId]);
  },
);

test('only the same bytes repeat an invalid callback, even if the merchant is the same', async () => {
  const { server, post } = await startServer();
  for (const age of [1, 1, 2]) await post('accept', callback('accept', { id: 'one', status: 7, age }));
  expect((await server.callbacks.list()).map(({ seenCount }) => seenCount)).toEqual([1, 2]);
});

const hostile: [string, Body][] = [
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ['a NUL', '\0'],
  ['100,000 open brackets', '['.repeat(100_000)],
  ['30,000 nested objects', `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`],
  ['a number that JavaScript cannot hold', '{"merchantData":{"id":1e400,"status":1e400}}'],
  ['a prototype', '{"__proto__":{"merchantData":{"id":"x","status":"accept"}}}'],
  ['a lone surrogate', '{"merchantData":{"id":"\\ud800","status":"accept"}}'],
  ['null', 'null'],
  ['a string', '"merchantData"'],
  ['a byte order mark', `\ufeff${callback('accept')}`],
  ['the same key twice', '{"merchantData":1,"merchantData":{"id":"x","status":"accept"}}'],
  [
    '10,000 keys',
    JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [`k${key}`, key]))),
  ],
];

test.each(hostile)('the server stores and shows %s', async (_, body) => {
  const { server, adminUrl, post } = await startServer();
  expect((await post('accept', body)).status).toBe(200);
  const [kept] = await server.callbacks.list();
  expect((await fetch(`${adminUrl}/callbacks/${kept?.id}`)).status).toBe(200);
});
