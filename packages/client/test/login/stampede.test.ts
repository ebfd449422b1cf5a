import { expect, it } from 'vitest';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { countedTokens, startProvider } from '../support/provider.ts';

const calls = 1000;
const patient = 60_000;

it(
  `logs in once, and fails none of ${calls} concurrent calls, where their token is revoked`,
  async () => {
    let valid = 'token-1';
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === valid ? success('pullMerchant') : { status: 401, body: {} },
    });
    await provider.partner.pullMerchant(pull);
    valid = 'token-2';
    const outcomes = await Promise.allSettled(
      Array.from({ length: calls }, () => provider.partner.pullMerchant(pull)),
    );
    const failed = outcomes.filter(({ status }) => status === 'rejected').length;
    const logins = provider.count('loginPartner') - 1;
    console.log(`${calls} calls with a revoked token: ${logins} login, ${failed} failed.`);
    expect({ logins, failed }).toEqual({ logins: 1, failed: 0 });
  },
  patient,
);

it(
  `tries a login that is down once for each step of its backoff, though ${calls} calls wait for it`,
  async () => {
    await using provider = await startProvider({ loginPartner: () => ({ status: 503 }) });
    const outcomes = await Promise.allSettled(
      Array.from({ length: calls }, () => provider.partner.pullMerchant(pull)),
    );
    console.log(`${calls} calls with the login down: ${provider.count('loginPartner')} logins in 3 steps.`);
    expect(provider.count('loginPartner')).toBeLessThanOrEqual(3);
    expect(provider.count('pullMerchant')).toBe(0);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { name: 'ServerError', operationId: 'loginPartner' } });
  },
  patient,
);
