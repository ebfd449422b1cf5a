import { expect, test } from 'vitest';
import type { PartnerClient } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { countedTokens, type Provider, startProvider } from '../support/provider.ts';

const calls = 1000;

/** A client with long limits: on a busy machine a thousand calls take long, and no limit may end them. */
function patientClient(provider: Provider): PartnerClient {
  return provider.client({ timeoutMs: 240_000, retry: { budgetMs: 240_000 } });
}

function callAll(partner: PartnerClient): Promise<PromiseSettledResult<unknown>[]> {
  return Promise.allSettled(Array.from({ length: calls }, () => partner.pullMerchant(pull)));
}

test(`${calls} calls with a revoked token share one login, and none of them fails`, async () => {
  let validToken = 'token-1';
  await using provider = await startProvider({
    loginPartner: countedTokens(),
    pullMerchant: ({ headers }) =>
      headers.authorization === validToken ? success('pullMerchant') : { status: 401, body: {} },
  });
  const partner = patientClient(provider);
  await partner.pullMerchant(pull);
  validToken = 'token-2';
  const outcomes = await callAll(partner);
  const failed = outcomes.filter(({ status }) => status === 'rejected').length;
  const logins = provider.count('loginPartner') - 1;
  console.log(`${calls} calls with a revoked token: ${logins} login, ${failed} failed.`);
  expect({ logins, failed }).toEqual({ logins: 1, failed: 0 });
});

test(`${calls} calls that wait for a failing login respect its backoff`, async () => {
  const times: number[] = [];
  await using provider = await startProvider({
    loginPartner: () => {
      times.push(performance.now());
      return { status: 503 };
    },
  });
  const outcomes = await callAll(patientClient(provider));
  const delays = times.slice(1).map((time, previous) => time - (times[previous] ?? 0));
  console.log(`${calls} calls with a failing login: ${times.length} logins.`);
  // On a stalled machine there may be a fourth login, so the delays are compared instead of the number of logins.
  for (const [at, delay] of delays.entries()) expect(delay).toBeGreaterThanOrEqual(1000 * 2 ** at);
  expect(provider.count('pullMerchant')).toBe(0);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ reason: { name: 'ServerError', operationId: 'loginPartner' } });
});
