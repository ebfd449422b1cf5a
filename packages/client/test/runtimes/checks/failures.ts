import {
  AbortedError,
  ApiError,
  ConnectionError,
  TimeoutError,
  UnreadableResponseError,
  ValidationError,
} from '@partner-ecosystem/client';
import { same } from '@partner-ecosystem/runtimes/same';
import { type Check, failure } from '../check.ts';
import { merchant, pull } from './operations.ts';

/** A port that no browser and no fetch goes to. */
const nowhere = 'http://127.0.0.1:1';

/** A class of error for each thing that goes wrong. */
export const failureChecks: readonly Check[] = [
  {
    name: 'a refusal names the fields',
    async run(visit) {
      const { partner } = visit('refusing and quoting');
      const error = await failure(partner.createMerchant(merchant), ValidationError);
      same([error.status, error.operationId, error.fields], [422, 'createMerchant', { name: ['presence'] }]);
    },
  },
  {
    name: 'a call that is not answered in time is given up',
    async run(visit) {
      const { partner } = visit('without an answer', { retry: false });
      await failure(partner.pullMerchant(pull, { timeoutMs: 1500 }), TimeoutError);
    },
  },
  {
    name: 'a call that is aborted ends at once',
    async run(visit) {
      const { partner, arrivals } = visit('without an answer');
      const controller = new AbortController();
      const aborted = failure(partner.pullMerchant(pull, { signal: controller.signal }), AbortedError);
      for (let come = 0; come < 2; come = (await arrivals()).length);
      controller.abort();
      await aborted;
    },
  },
  {
    name: 'a provider that cannot be reached is a fault of the connection',
    async run(visit) {
      const { partner } = visit('as documented', { goUrl: nowhere, retry: false });
      await failure(partner.pullMerchant(pull), ConnectionError);
    },
  },
  {
    name: 'a success that is no JSON cannot be read',
    async run(visit) {
      const { partner } = visit('answering with a proxy’s page');
      await failure(partner.pullMerchant(pull), UnreadableResponseError);
    },
  },
  {
    name: 'a success without a body cannot be read',
    async run(visit) {
      const { partner } = visit('answering with nothing');
      await failure(partner.pullMerchant(pull), UnreadableResponseError);
    },
  },
  {
    name: 'a redirect is not followed',
    async run(visit) {
      const { partner, arrivals } = visit('moved elsewhere');
      await failure(partner.createMerchant(merchant), ApiError);
      same((await arrivals()).at(-1)?.operationId, 'createMerchant');
    },
  },
];
