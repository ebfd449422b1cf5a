import autocannon from 'autocannon';
import { exampleCallback, merchantId } from '../../proofs/callback-server/load/example-callback.ts';
import { token } from '../../proofs/callback-server/server/server-process.ts';

let sent = 0;

/** Two callbacks of a merchant never have the same time, so none is a repeat. */
function nextCallback(nameMerchant: (number: number) => string): string {
  sent += 1;
  return exampleCallback(nameMerchant(sent), 1_700_000_000_000 + sent);
}

/**
 * Sends callbacks of 2.8 KB over 64 connections.
 *
 * @param perSecond - Callbacks per second. By default, as many as the server takes.
 * @param nameMerchant - Returns the merchant of a callback from its number. By default, each callback has its own merchant.
 */
export async function sendLoad(url: string, seconds: number, perSecond?: number, nameMerchant = merchantId) {
  const result = await autocannon({
    url,
    connections: 64,
    duration: seconds,
    ...(perSecond && { overallRate: perSecond }),
    requests: [
      {
        method: 'POST',
        path: `/callbacks/${token}/accept`,
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({ ...request, body: nextCallback(nameMerchant) }),
      },
    ],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    /** Milliseconds, as `p99`. */
    p50: result.latency.p50,
    p99: result.latency.p99,
    /** Number of 2xx responses. */
    acknowledged: result['2xx'],
    /** Number of other responses and of broken connections. */
    failed: result.non2xx + result.errors + result.timeouts,
  };
}
