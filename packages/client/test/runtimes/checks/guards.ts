import { ContractError, OutcomeUnknownError } from '@partner-ecosystem/client';
import { contractGuard, createMerchant } from '@partner-ecosystem/client/guards';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { canaries, merchant } from '../../support/example-input.ts';
import { failure, type PortableCheck } from './check.ts';

/** The guard generates no code, so it also works where generating code is forbidden. */
export const guardChecks: readonly PortableCheck[] = [
  {
    name: 'a guard accepts what satisfies the contract',
    async run(visit) {
      const { partner } = visit('as documented', {
        guard: contractGuard([createMerchant], { responses: 'throw' }),
      });
      await partner.createMerchant(merchant);
    },
  },
  {
    name: 'a guard keeps a request that violates the contract from being sent',
    async run(visit) {
      const { partner, arrivals } = visit('as documented', { guard: contractGuard([createMerchant]) });
      const error = await failure(partner.createMerchant({ ...merchant, name: 7 as never }), ContractError);
      assertSame([error.side, error.violations[0]?.pointer], ['request', '/name']);
      assertSame(await arrivals(), []);
    },
  },
  {
    name: 'a guard says where a response violates the contract, without its values',
    async run(visit) {
      const guard = contractGuard([createMerchant], { responses: 'throw' });
      const { partner } = visit('violating the contract', { guard });
      const error = await failure(partner.createMerchant(merchant), OutcomeUnknownError);
      const { failure: refusal } = error;
      assertSame(
        refusal instanceof ContractError && refusal.violations.some(({ pointer }) => pointer === '/id'),
        true,
      );
      assertSame(`${error} ${JSON.stringify(error)}`.includes(canaries.person), false);
    },
  },
];
