import { requests } from '@partner-ecosystem/openapi/examples';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { readySandbox } from '../support/journey.ts';

const url = `http://provider.test${operations.createMerchant.path}`;
const body = JSON.stringify(requests.createMerchant.customer);

test('sandbox.fetch takes a request, or an address as the global fetch does', async () => {
  const { sandbox, token } = await readySandbox();
  const init = {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body,
  };
  for (const response of [
    await sandbox.fetch(url, init),
    await sandbox.fetch(new URL(url), init),
    await sandbox.fetch(new Request(url, init)),
    await sandbox.fetch(new Request(url, init), { body: 'what a server adds' }),
  ])
    expect(response.status).toBe(200);
  const login = await createSandbox().fetch('http://provider.test/api/nothing');
  expect(login.status).toBe(404);
});

test('a request that was aborted before it was sent is not performed', async () => {
  const { sandbox, token } = await readySandbox();
  const headers = { authorization: token, 'content-type': 'application/json' };
  const signal = AbortSignal.abort(new Error('the caller has left'));
  await expect(sandbox.fetch(url, { method: 'POST', headers, body, signal })).rejects.toThrow('has left');
  expect(sandbox.backOffice.cases()).toEqual([]);
  expect(sandbox.requests({ operation: 'createMerchant' })).toEqual([]);
});
