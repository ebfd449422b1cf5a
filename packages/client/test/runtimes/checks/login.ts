import { LoginError } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { failure, type PortableCheck, type Visit } from '../check.ts';
import { merchant, pull } from './operations.ts';

const twenty = <T>(call: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 20 }, call));

async function logins({ arrivals }: Visit): Promise<number> {
  return (await arrivals()).filter(({ operationId }) => operationId === 'loginPartner').length;
}

/** One login, whoever waits for it. */
export const loginChecks: readonly PortableCheck[] = [
  {
    name: 'concurrent calls share one login',
    async run(visit) {
      const opened = visit('as documented');
      await twenty(() => opened.partner.pullMerchant(pull));
      assertSame(await logins(opened), 1);
    },
  },
  {
    name: 'a token that is revoked under concurrent calls is renewed once, and all succeed',
    async run(visit) {
      const opened = visit('with a revoked token');
      await twenty(() => opened.partner.pullMerchant(pull));
      assertSame(await logins(opened), 2);
    },
  },
  {
    name: 'a create that is answered with 401 is sent again, with its body',
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
    name: 'a login that is refused is final',
    async run(visit) {
      const opened = visit('rejecting the login');
      await failure(opened.partner.pullMerchant(pull), LoginError);
      assertSame(await logins(opened), 1);
    },
  },
];
