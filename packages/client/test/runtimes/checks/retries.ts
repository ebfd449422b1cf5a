import { AbortedError, OutcomeUnknownError } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { failure, type PortableCheck } from '../check.ts';
import { merchant, pull } from './operations.ts';

/** What may be repeated is; what may have been carried out is not. */
export const retryChecks: readonly PortableCheck[] = [
  {
    name: 'a GET that meets a busy provider waits as long as it asks, and is repeated',
    async run(visit) {
      const { partner, arrivals } = visit('busy for a moment');
      const started = performance.now();
      await partner.pullMerchant(pull);
      assertSame(performance.now() - started > 900, true);
      assertSame((await arrivals()).filter(({ operationId }) => operationId === 'pullMerchant').length, 2);
    },
  },
  {
    name: 'an abort ends the wait before a repeat',
    async run(visit) {
      const controller = new AbortController();
      const { partner } = visit('busy for a long time', {
        onEvent: ({ type }) => type === 'retry' && controller.abort(),
      });
      const started = performance.now();
      await failure(partner.pullMerchant(pull, { signal: controller.signal }), AbortedError);
      assertSame(performance.now() - started < 15_000, true);
    },
  },
  {
    name: 'a create whose answer is lost is not repeated by the client, and its outcome is said to be unknown',
    async run(visit) {
      const { partner } = visit('losing responses');
      const error = await failure(partner.createMerchant(merchant), OutcomeUnknownError);
      assertSame(
        [error.attempts, error.reason, error.signzyAppId()],
        [1, 'connection', merchant.signzyAppId],
      );
    },
  },
  {
    name: 'a create whose answer is lost is not repeated by the runtime, on a connection that was kept',
    async run(visit) {
      const { partner, arrivals } = visit('losing responses');
      await partner.pullMerchant(pull);
      await failure(partner.createMerchant(merchant), OutcomeUnknownError);
      assertSame((await arrivals()).filter(({ operationId }) => operationId === 'createMerchant').length, 1);
    },
    except: { Chromium: 'a browser sends it again by itself, which no page can keep it from' },
  },
];
