import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';

/** Starts a target of forwarded callbacks. The target takes each callback at once, and notes its number. */
export async function startHandingTarget() {
  /** The numbers of each merchant's callbacks, in the order of their arrival. */
  const arrivals = new Map<string, number[]>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The sender was killed in the middle of the body.
      return;
    }
    const { merchantData } = JSON.parse(Buffer.concat(chunks).toString());
    arrivals.set(merchantData.id, [...(arrivals.get(merchantData.id) ?? []), merchantData.actionTime]);
    response.end();
  });
  const { url, close } = await listenOnFreePort(server);
  const firsts = (numbers: readonly number[]) => [...new Set(numbers)];
  return {
    url,
    close,
    has: (merchant: string, number: number) => arrivals.get(merchant)?.includes(number) ?? false,
    /** Number of callbacks that arrived again. */
    repeats: () => [...arrivals.values()].reduce((sum, all) => sum + all.length - firsts(all).length, 0),
    /** Number of callbacks that first arrived after a later callback of their merchant. */
    inversions: () =>
      [...arrivals.values()].reduce((sum, all) => {
        const order = firsts(all);
        return sum + order.filter((number, index) => number < Math.max(...order.slice(0, index), 0)).length;
      }, 0),
  };
}
