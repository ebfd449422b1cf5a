import { createServer } from 'node:http';
import { listenOnFreePort } from '../../internal/testing/src/listen-on-free-port.ts';
import { type Faults, respondTo, succeeded } from '../../packages/client/test/retry/play-fault.ts';
import type { RetryRow } from '../../packages/client/test/retry/retry-row.ts';
import { send } from '../../packages/client/test/support/scripted-provider.ts';

/** Long after the client has read the response, and long before an attempt that `Retry-After` delays by 20 seconds. */
const ABORT_AFTER_RESPONSE_MS = 1000;

/** Starts a server that responds to one call as the row says. The returned `fetch` plays the faults before the server. */
export async function playRow({ faults, abort }: RetryRow, playing: Faults) {
  const controller = new AbortController();
  if (abort === 'before the call') controller.abort();
  /** Time of each attempt, on the clock of `performance.now()`. */
  const attempts: number[] = [];
  /** Number of requests that reached the server. */
  let arrivals = 0;
  const currentFault = () => faults[attempts.length - 1];

  const server = await listenOnFreePort(
    createServer(async (request, response) => {
      request.resume();
      if (request.url?.endsWith('/login')) return send(response, { body: { id: 'token', ttl: 1209600 } });
      arrivals += 1;
      if (abort === 'during an attempt') controller.abort();
      if (abort === 'before the next attempt')
        response.on('finish', () => setTimeout(() => controller.abort(), ABORT_AFTER_RESPONSE_MS));
      const fault = currentFault();
      send(response, fault ? await respondTo(fault) : succeeded);
    }),
  );

  return {
    url: server.url,
    attempts,
    arrivals: () => arrivals,
    signal: controller.signal,
    async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
      const target = input instanceof Request ? input.url : String(input);
      if (target.endsWith('/login')) return fetch(input, init);
      attempts.push(performance.now());
      return playing.send(currentFault(), new Request(input, init));
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
