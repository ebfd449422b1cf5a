import type { Drift } from '@partner-ecosystem/openapi/drift';
import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { listCallbacks } from '../support/list-callbacks.ts';
import { startServer } from '../support/running-server.ts';

test('a callback is shown with its body masked by the contract', async () => {
  const { adminUrl, post } = await startServer();
  await post('accept', callback('accept', { 'branch code': 'EX-01' }));
  const [listed] = await listCallbacks(adminUrl);
  expect(listed).toMatchObject({ event: 'accept', verdict: 'valid', status: 'accept', seenCount: 1 });

  const text = await (await fetch(`${adminUrl}/callbacks/${listed?.id}`)).text();
  expect(JSON.parse(text).body.merchantData).toMatchObject({
    status: 'accept',
    name: '[PII]',
    'branch code': '[PII]',
  });
  for (const secret of ['Asha', 'asha@', '"0000000002"', '/al/', 'EX-01']) expect(text).not.toContain(secret);
});

test('receipts show the address and a shortened User-Agent of each POST, and no other header', async () => {
  const { adminUrl, post, server } = await startServer({ trustedProxyHops: 1 });
  const send = (headers: Record<string, string>) =>
    post('accept', callback('accept'), { headers: { 'content-type': 'application/json', ...headers } });
  await send({ 'x-forwarded-for': '192.0.2.1, 203.0.113.9:4711', 'user-agent': 'x'.repeat(500) });
  await send({ 'x-forwarded-for': 'made up', authorization: 'Bearer canary', cookie: 'a=canary' });
  await send({ 'user-agent': '' });
  const [kept] = await server.callbacks.list();
  const whole = await server.callbacks.get(kept?.id ?? '');
  const [first, ...others] = whole?.receipts ?? [];
  expect(first).toEqual({ receivedAt: kept?.receivedAt, address: '203.0.113.9', userAgent: 'x'.repeat(200) });
  expect(others.map(({ address }) => address)).toEqual([null, null]);
  expect(others[1]?.userAgent).toBeNull();

  const text = await (await fetch(`${adminUrl}/callbacks/${kept?.id}`)).text();
  expect(JSON.parse(text).receipts).toEqual(JSON.parse(JSON.stringify(whole?.receipts)));
  expect(text).not.toMatch(/canary|:4711|made up/);
});

test('without trusted proxies, a receipt has the address of the connection', async () => {
  const { post, server } = await startServer();
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' };
  await post('accept', callback('accept'), { headers });
  const [kept] = await server.callbacks.list();
  expect((await server.callbacks.get(kept?.id ?? ''))?.receipts).toMatchObject([{ address: '127.0.0.1' }]);
});

test('drift shows its place, time and count, and as values only the known words and the new word', async () => {
  const { adminUrl, post } = await startServer();
  const canary = { name: 'canary@example.com', decisionEngineResult: 'canary', 'canary 1': 7 };
  for (const id of ['one', 'two'])
    await post('accept', callback('accept', { id, ...canary, subStatus: 'parked' }));
  const text = await (await fetch(`${adminUrl}/drift`)).text();
  const seen = { subject: 'accept', side: 'callback', count: 2, since: expect.any(String), keyword: 'word' };
  const expected = 'must be notEscalated, escalated';
  const words = JSON.parse(text).sort((a: Drift, b: Drift) => b.pointer.localeCompare(a.pointer));
  expect(words).toMatchObject([
    { ...seen, pointer: '/merchantData/subStatus', expected, word: 'parked' },
    { ...seen, pointer: '/merchantData/decisionEngineResult', expected: 'must be safe, unsafe, uncertain' },
  ]);
  const { exampleId } = JSON.parse(text)[0];
  expect((await fetch(`${adminUrl}/callbacks/${exampleId}`)).status).toBe(200);
  expect(text).not.toContain('canary');
});
