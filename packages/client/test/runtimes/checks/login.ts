import { LoginError } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { merchant, pull } from '../../support/example-input.ts';
import { failure, type PortableCheck, type Visit } from './check.ts';

const twenty = <T>(call: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 20 }, call));

async function logins({ arrivals }: Visit): Promise<number> {
  return (await arrivals()).filter(({ operationId }) => operationId === 'loginPartner').length;
}

/** All waiting calls share one login. */
export const loginChecks: readonly PortableCheck[] = [
  {
    name: 'concurrent calls share one login',
    async run(visit) {
      const visited = visit('as documented');
      await twenty(() => visited.partner.pullMerchant(pull));
      assertSame(await logins(visited), 1);
    },
  },
  {
    name: 'a token that is revoked during concurrent calls is renewed once, and all calls succeed',
    async run(visit) {
      const visited = visit('with a revoked token');
      await twenty(() => visited.partner.pullMerchant(pull));
      assertSame(await logins(visited), 2);
    },
  },
  {
    name: 'a create that gets 401 is sent again, with its body',
    async run(visit) {
      const { partner, arrivals } = visit('with a revoked token');
      await partner.createMerchant(merchant);
      const creates = (await arrivals()).filter(({ operationId }) => operationId === 'createMerchant');
      assertSame(
        creates.map(({ token, body }) => [token, body]),
        [
          ['token-1', merchant],
          ['token-2', merchant],
        ],
      );
    },
  },
  {
    name: 'a rejected login is not retried',
    async run(visit) {
      const visited = visit('rejecting the login');
      await failure(visited.partner.pullMerchant(pull), LoginError);
      assertSame(await logins(visited), 1);
    },
  },
];
