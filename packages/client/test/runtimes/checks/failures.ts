import {
  AbortedError,
  ApiError,
  ConnectionError,
  TimeoutError,
  UnreadableResponseError,
  ValidationError,
} from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { failure, type PortableCheck } from '../check.ts';
import { merchant, pull } from './operations.ts';

/** A port that no browser and no fetch goes to. */
const nowhere = 'http://127.0.0.1:1';

/** A class of error for each thing that goes wrong. */
export const failureChecks: readonly PortableCheck[] = [
  {
    name: 'a refusal names the fields',
    async run(visit) {
      const { partner } = visit('quoting the request in an error');
      const error = await failure(partner.createMerchant(merchant), ValidationError);
      assertSame(
        [error.status, error.operationId, error.fields],
        [422, 'createMerchant', { name: ['presence'] }],
      );
    },
  },
  {
    name: 'a call that is not answered in time is given up',
    async run(visit) {
      const { partner } = visit('without a response', { retry: false });
      await failure(partner.pullMerchant(pull, { timeoutMs: 1500 }), TimeoutError);
    },
  },
  {
    name: 'a call that is aborted ends at once',
    async run(visit) {
      const { partner, arrivals } = visit('without a response');
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
      const { partner } = visit('with the page of a proxy');
      await failure(partner.pullMerchant(pull), UnreadableResponseError);
    },
  },
  {
    name: 'a success without a body cannot be read',
    async run(visit) {
      const { partner } = visit('with an empty response');
      await failure(partner.pullMerchant(pull), UnreadableResponseError);
    },
  },
  {
    name: 'a redirect is not followed',
    async run(visit) {
      const { partner, arrivals } = visit('moved elsewhere');
      await failure(partner.createMerchant(merchant), ApiError);
      assertSame((await arrivals()).at(-1)?.operationId, 'createMerchant');
    },
  },
];
