import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import type { RequestEntry } from '../../src/sandbox/journal.ts';
import { flowId, readySandbox } from '../support/journey.ts';

const customer = requests.createMerchant.customer;

test('a number in a field of text becomes text, as in the framework', async () => {
  const { api, sandbox } = await readySandbox();
  const json = { username: 7, password: 'Not-a-real-password-2', mobile: 9876543210 };
  const { status, body } = await api.send('createPartner', {
    token: sandbox.fixtures.administratorToken,
    json,
  });
  expect({ status, body }).toMatchObject({ status: 200, body: { username: '7', mobile: '9876543210' } });
  expect(sandbox.journal().at(-1)).toMatchObject({
    warnings: [{ pointer: '/body/username' }, { pointer: '/body/mobile' }],
  });
});

const inferred = ['linkPartner', 'assignFlows'] as const;

test.each(inferred)('%s takes the other name of a realm and a single flow', async (operation) => {
  const { api, sandbox } = await readySandbox();
  const { administratorToken: token } = sandbox.fixtures;
  const broker = { username: 'second-broker', password: 'Not-a-real-password-2' };
  const { body: partner } = await api.send('createPartner', { token, json: broker });
  const { id: distributorId } = partner;
  await api.send('linkPartner', { token, json: { distributorId, realmId: customer.realmId } });
  const json = { distributorId, applicationId: customer.realmId, flowId };
  const { status, body } = await api.send(operation, { token, json });
  expect([status, body['result'] ?? body]).toEqual([200, expect.objectContaining({ flowIds: [flowId] })]);
});

test('a partner without a username and a password is created with a warning, and cannot log in', async () => {
  const { api, sandbox } = await readySandbox();
  const { administratorToken: token } = sandbox.fixtures;
  const email = 'third@example.com';
  expect((await api.send('createPartner', { token, json: { email } })).status).toBe(200);
  const { warnings } = sandbox.journal().at(-1) as RequestEntry;
  expect(warnings.map(({ pointer }) => pointer).sort()).toEqual(['/body/password', '/body/username']);
  for (const password of ['', 'Not-a-real-password-2'])
    expect((await api.send('loginPartner', { json: { email, password } })).status).toBe(401);
});

test('an email address logs a partner in, in place of the username', async () => {
  const { api, sandbox } = await readySandbox();
  const { administratorToken } = sandbox.fixtures;
  const password = 'Not-a-real-password-2';
  const broker = { username: 'second-broker', email: 'second@example.com', password };
  await api.send('createPartner', { token: administratorToken, json: broker });
  const { status } = await api.send('loginPartner', { json: { email: broker.email, password } });
  expect(status).toBe(200);
  expect(await api.send('loginPartner', { json: { password } })).toMatchObject({
    status: 400,
    body: { error: { code: 'USERNAME_EMAIL_REQUIRED' } },
  });
});

test('a file with a misspelt lifetime is stored for 30 seconds, without an error', async () => {
  const { api, sandbox } = await readySandbox();
  const json = { base64String: 'bm90IGFuIGltYWdl', mimetype: 'image/png', ttl: '1 months' };
  const { status, body } = await api.send('uploadBase64', { json });
  expect(status).toBe(200);
  const { directURL = '' } = Object(body['file']) as { directURL?: string };
  const download = async () => (await sandbox.fetch(new Request(directURL))).status;
  await sandbox.clock.advance(29_000);
  expect(await download()).toBe(200);
  await sandbox.clock.advance(2_000);
  expect(await download()).toBe(404);
});
