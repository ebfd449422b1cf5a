import {
  AbortedError,
  ConnectionError,
  OutcomeUnknownError,
  TimeoutError,
  UnreadableResponseError,
  ValidationError,
} from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { merchant, pull } from '../../support/example-input.ts';
import { failure, type PortableCheck } from './check.ts';

/** A port that browsers and `fetch` block. */
const unreachable = 'http://127.0.0.1:1';

/** Every failure has its class. */
export const failureChecks: readonly PortableCheck[] = [
  {
    name: 'a ValidationError names the fields',
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
    name: 'a call without a response fails with a TimeoutError',
    async run(visit) {
      const { partner } = visit('without a response', { retry: false });
      await failure(partner.pullMerchant(pull, { timeoutMs: 1500 }), TimeoutError);
    },
  },
  {
    name: 'an aborted call ends immediately',
    async run(visit) {
      const { partner, arrivals } = visit('without a response');
      const controller = new AbortController();
      const aborted = failure(partner.pullMerchant(pull, { signal: controller.signal }), AbortedError);
      // The login, and the request.
      while ((await arrivals()).length < 2);
      controller.abort();
      await aborted;
    },
  },
  {
    name: 'an unreachable provider causes a ConnectionError',
    async run(visit) {
      const { partner } = visit('as documented', { goUrl: unreachable, retry: false });
      await failure(partner.pullMerchant(pull), ConnectionError);
    },
  },
  {
    name: 'a success that is not JSON cannot be read',
    async run(visit) {
      const { partner } = visit('with the page of a proxy');
      await failure(partner.pullMerchant(pull), UnreadableResponseError);
      const { reason } = await failure(partner.createMerchant(merchant), OutcomeUnknownError);
      assertSame(reason, 'response');
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
    name: 'a create that is redirected is not sent again, and may have been applied',
    async run(visit) {
      const { partner, arrivals } = visit('moved elsewhere');
      await failure(partner.createMerchant(merchant), OutcomeUnknownError);
      assertSame((await arrivals()).at(-1)?.operationId, 'createMerchant');
    },
  },
];
