import assert from 'node:assert/strict';
import test from 'node:test';
import { createSandbox } from '@partner-ecosystem/mocks';

// The sandbox responds to a web `Request`, so that any test runner and any HTTP client can use it.
test('a login with a wrong password is refused', async () => {
  const sandbox = createSandbox();
  const response = await sandbox.fetch(
    new Request('https://go-preproduction.signzy.app/api/distributors/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'example-broker', password: 'wrong' }),
    }),
  );
  assert.equal(response.status, 401);
  assert.equal((await response.json()).error.code, 'LOGIN_FAILED');
});
