import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { afterEach, expect, test, vi } from 'vitest';
import { readySandbox } from '../support/journey.ts';

afterEach(() => vi.restoreAllMocks());

test('an invalid response of the sandbox is logged, becomes a 500, and changes nothing', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { clock, sandbox, api, token } = await readySandbox();
  const before = sandbox.snapshot();
  clock.now = Number.NaN;
  const response = await api.send('createMerchant', { token, json: requests.createMerchant.customer });
  expect(response).toEqual({ status: 500, body: responses.createMerchant[500].internalServerError });
  expect(`${log.mock.calls[0]?.[1]}`).toContain('The 200 response of createMerchant breaks the contract');
  expect(`${log.mock.calls[0]}`).not.toContain('Asha');
  expect(sandbox.snapshot()).toEqual(before);
});
