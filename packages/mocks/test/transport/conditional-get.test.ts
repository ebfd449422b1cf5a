import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/node.ts';
import { ApiSession, pendingMerchant, pullOf, readyPartner } from '../support/journey.ts';

/** Starts a sandbox with a pending case, and returns a function that pulls the case with more headers. */
async function pulling() {
  const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(close);
  const api = new ApiSession(fetch, url);
  const { token } = await readyPartner(api, sandbox.fixtures.administratorToken);
  const merchantId = await pendingMerchant(api, token);
  const { path, query } = pullOf(merchantId, token);
  // Without this header, Node's fetch adds `no-cache` to a request with a condition.
  const cached = { 'cache-control': 'max-age=0' };
  const pull = (headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${url}${path}${query}`, { method, headers: { authorization: token, ...cached, ...headers } });
  return { url, token, sandbox, merchantId, pull };
}

test('a pull that names the tag of what it has gets a 304, until the case changes', async () => {
  const { pull, sandbox, merchantId } = await pulling();
  const tag = (await pull()).headers.get('etag') ?? '';
  expect(tag).toMatch(/^W\/"[0-9a-f]+-[\w+/-]{20,}"$/);
  const strong = tag.replace('W/', '');
  for (const names of [tag, strong, '*', `"other", ${tag}`]) {
    const response = await pull({ 'if-none-match': names });
    expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([304, '', tag]);
    expect(response.headers.get('content-type')).toBeNull();
  }
  expect((await pull({ 'if-none-match': tag }, 'HEAD')).status).toBe(304);
  for (const headers of [
    { 'if-none-match': '"other"' },
    { 'if-none-match': tag, 'cache-control': 'no-cache' },
  ])
    expect((await pull(headers)).status).toBe(200);
  sandbox.backOffice.accept(merchantId);
  expect((await pull({ 'if-none-match': tag })).status).toBe(200);
});

test('an error and a POST have no tag, and ignore a condition', async () => {
  const { url, token, pull } = await pulling();
  const missing = await fetch(`${url}/api/nothing`, { headers: { 'if-none-match': '*' } });
  const denied = await pull({ authorization: 'none', 'if-none-match': '*' });
  const login = await fetch(`${url}/api/distributors/createMerchant`, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json', 'if-none-match': '*' },
    body: JSON.stringify(requests.createMerchant.customer),
  });
  expect([missing, denied, login].map(({ status, headers }) => [status, headers.get('etag')])).toEqual([
    [404, null],
    [401, null],
    [200, null],
  ]);
});
