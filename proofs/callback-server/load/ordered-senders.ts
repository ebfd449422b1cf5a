import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { exampleCallback, merchantId } from './example-callback.ts';
import { post } from './senders.ts';

const retryAfterMs = 20;
/** A stopped server accepts connections, and never responds. */
const responseTimeoutMs = 5000;
const merchantsPerSender = 20;

/**
 * Starts senders that post callbacks of a few merchants each. The next callback of a merchant follows when the last one is
 * acknowledged.
 *
 * @param nextUrl - The server for the next request.
 */
export function startOrderedSenders(count: number, nextUrl: () => string) {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const acknowledged: { readonly merchant: string; readonly number: number }[] = [];
  let isStopped = false;
  const send = async (sender: number) => {
    for (let sent = 0; !isStopped; sent++) {
      const merchant = merchantId(sender * merchantsPerSender + (sent % merchantsPerSender));
      const number = 1_700_000_000_000 + sent;
      const body = exampleCallback(merchant, number);
      while (!isStopped) {
        if ((await post(agent, nextUrl(), body, responseTimeoutMs)) === 200) {
          acknowledged.push({ merchant, number });
          break;
        }
        await delay(retryAfterMs);
      }
    }
  };
  const sending = Promise.all(Array.from({ length: count }, (_, sender) => send(sender)));
  return {
    acknowledged,
    stop: async () => {
      isStopped = true;
      await sending;
      agent.destroy();
    },
  };
}
