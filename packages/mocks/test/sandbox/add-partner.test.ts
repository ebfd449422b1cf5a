import { expect, test } from 'vitest';
import { BackOfficeError, createSandbox } from '../../src/index.ts';
import { ApiSession, createMerchant } from '../support/journey.ts';

test('an added partner logs in and creates a merchant, and a second call adds another partner', async () => {
  const sandbox = createSandbox();
  const api = new ApiSession(sandbox.fetch);
  const partners = [sandbox.backOffice.addPartner(), sandbox.backOffice.addPartner()];
  expect(new Set(partners.map(({ distributorId }) => distributorId)).size).toBe(2);
  for (const { credentials } of partners) {
    const { body } = await api.send('loginPartner', { json: credentials });
    expect(await createMerchant(api, body['id'] ?? '')).toMatch(/^[0-9a-f]{24}$/);
  }
});

test('the credentials of an added partner are a login that the contract expects', async () => {
  const sandbox = createSandbox({ requests: 'expected' });
  const { credentials } = sandbox.backOffice.addPartner();
  const { status } = await new ApiSession(sandbox.fetch).send('loginPartner', { json: credentials });
  expect(status).toBe(200);
});

test('a fault that stops the addition is named', () => {
  const sandbox = createSandbox();
  sandbox.faults.add({ operation: 'linkPartner', kind: 'status', status: 503, times: 1 });
  expect(() => sandbox.backOffice.addPartner()).toThrow(BackOfficeError);
  expect(sandbox.backOffice.addPartner()).toHaveProperty(
    'credentials.username',
    expect.stringMatching(/^example-broker-2-/),
  );
});
