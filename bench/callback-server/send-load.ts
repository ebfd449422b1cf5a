import autocannon from 'autocannon';
import { callbackOf, merchantId } from '../../proofs/callback-server/load/callback-of.ts';
import { token } from '../../proofs/callback-server/server/server-process.ts';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
  /** Answers other than 2xx, and connections that broke. */
  readonly failed: number;
}

let sent = 0;

/** Sends callbacks of 2.8 KB, each of a merchant of its own, over 64 connections. */
export async function sendLoad(url: string, seconds: number, perSecond?: number): Promise<Load> {
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
        setupRequest: (request) => ({ ...request, body: callbackOf(merchantId(sent++), Date.now()) }),
      },
    ],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    answered: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
  };
}
