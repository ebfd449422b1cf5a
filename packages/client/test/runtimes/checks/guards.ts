import { ContractError } from '@partner-ecosystem/client';
import { contractGuard, createMerchant } from '@partner-ecosystem/client/guards';
import { same } from '@partner-ecosystem/runtimes/same';
import { canaries } from '../canaries.ts';
import { type Check, failure } from '../check.ts';
import { merchant } from './operations.ts';

/** The guard checks by data and not by code that it makes, so it runs where making code is forbidden. */
export const guardChecks: readonly Check[] = [
  {
    name: 'a guard lets pass what the contract says',
    async run(visit) {
      const { partner } = visit('as documented', {
        guard: contractGuard([createMerchant], { responses: 'throw' }),
      });
      await partner.createMerchant(merchant);
    },
  },
  {
    name: 'a guard keeps a request at odds with the contract from being sent',
    async run(visit) {
      const { partner, arrivals } = visit('as documented', { guard: contractGuard([createMerchant]) });
      const error = await failure(partner.createMerchant({ ...merchant, flowId: '' }), ContractError);
      same([error.side, error.violations[0]?.pointer], ['request', '/flowId']);
      same(await arrivals(), []);
    },
  },
  {
    name: 'a guard says where a response is at odds with the contract, and not with what',
    async run(visit) {
      const guard = contractGuard([createMerchant], { responses: 'throw' });
      const { partner } = visit('at odds with the contract', { guard });
      const error = await failure(partner.createMerchant(merchant), ContractError);
      same(
        error.violations.some(({ pointer }) => pointer === '/id'),
        true,
      );
      same(`${error} ${JSON.stringify(error)}`.includes(canaries.person), false);
    },
  },
];
