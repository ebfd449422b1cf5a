import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { readySandbox } from '../support/journey.ts';

const customer = requests.createMerchant.customer;

test('the journal leaves out a body of more than 64 KB, and says so', async () => {
  const { sandbox, api, token } = await readySandbox();
  const large = { ...customer, note: 'x'.repeat(900_000) };
  await api.send('createMerchant', { token, json: large });
  await api.send('createMerchant', { token, json: customer });
  const [entry, small] = sandbox.journal().slice(-2);
  expect(entry).toMatchObject({ operation: 'createMerchant', status: 200, bodyOmitted: true });
  expect(entry).not.toHaveProperty('request');
  expect(small).toMatchObject({ request: { realm: customer.realm } });
  expect(small).not.toHaveProperty('bodyOmitted');
});

test('the journal keeps at most 8 MB of bodies, and always the newest entries', async () => {
  const { sandbox, api } = await readySandbox();
  for (let count = 0; count < 300; count++)
    await api.send('createMerchant', { json: { ...customer, note: 'x'.repeat(60_000) } });
  const entries = sandbox.journal();
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.length).toBeLessThan(150);
  expect(entries.at(-1)).toMatchObject({ id: 304, status: 401 });
});

test('a request with very many violations leaves twenty of them in the journal', async () => {
  const { sandbox, api, token } = await readySandbox();
  const data = Array.from({ length: 4000 }, () => ({ pageId: 7 }));
  const { status } = await api.send('pushMerchant', { token, json: { data } });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(sandbox.journal().at(-1)).toHaveProperty('violations.length', 20);
});
