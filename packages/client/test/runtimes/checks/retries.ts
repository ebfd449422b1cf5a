import { AbortedError, BadRequestError, OutcomeUnknownError } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { merchant, pull } from '../../support/example-input.ts';
import { failure, type PortableCheck, type Visit } from './check.ts';

const resentByBrowsers = { Chromium: 'browsers resend a write silently, and a page cannot prevent that' };

/** The client repeats what is safe to repeat. Nothing repeats a write that may have been applied. */
export const retryChecks: readonly PortableCheck[] = [
  {
    name: 'a GET waits as long as a busy provider asks, and is then repeated',
    async run(visit) {
      const { partner, arrivals } = visit('busy for a moment');
      const started = performance.now();
      await partner.pullMerchant(pull);
      assertSame(performance.now() - started > 900, true);
      assertSame((await arrivals()).filter(({ operationId }) => operationId === 'pullMerchant').length, 2);
    },
  },
  {
    name: 'an abort ends the delay before the next attempt',
    async run(visit) {
      const controller = new AbortController();
      const { partner } = visit('busy for a long time', {
        onEvent: ({ type }) => type === 'retry' && controller.abort(),
        // Without the abort, the delay would last longer than a check may take.
        retry: { maxRetryAfterMs: 3_600_000, budgetMs: 7_200_000 },
      });
      await failure(partner.pullMerchant(pull, { signal: controller.signal }), AbortedError);
    },
  },
  {
    name: 'a create whose response is lost is not repeated by the client, and its outcome is unknown',
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
    name: 'a create whose response is lost on a keep-alive connection is not repeated by the runtime',
    run: (visit) => createsOnce(visit('losing responses'), OutcomeUnknownError),
    except: resentByBrowsers,
  },
  {
    name: 'a create that gets 408 on a keep-alive connection is not repeated by the runtime',
    run: (visit) => createsOnce(visit('timing out creates'), OutcomeUnknownError),
    except: resentByBrowsers,
  },
  {
    name: 'a create that gets 421 is not repeated by the runtime',
    run: (visit) => createsOnce(visit('misdirecting creates'), BadRequestError),
    except: resentByBrowsers,
  },
];

/** Makes a create that must fail on a kept connection, and counts how often it arrived. */
async function createsOnce(
  { partner, arrivals }: Visit,
  type: typeof BadRequestError | typeof OutcomeUnknownError,
) {
  await partner.pullMerchant(pull);
  await failure<Error>(partner.createMerchant(merchant), type);
  assertSame((await arrivals()).filter(({ operationId }) => operationId === 'createMerchant').length, 1);
}
