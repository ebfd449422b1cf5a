import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { callbackOf, merchantId } from './callback-of.ts';
import { token } from './server-process.ts';

const retryAfterMs = 20;

/** They post callbacks one after another, each of a merchant of its own, and each again until it is acknowledged. */
export interface Senders {
  /** Where they post from now on. */
  aim(url: string): void;
  /** The merchants whose callback was answered with 200. */
  readonly acknowledged: ReadonlySet<string>;
  /** How many answers there were of each status; 0 is where the connection ended without one. */
  readonly answers: ReadonlyMap<number, number>;
  /** Resolves with the next answer of a status. */
  next(status: number): Promise<void>;
  /** Resolves when none of them has a request open. */
  stop(): Promise<void>;
}

/** As many senders as the provider might have, on a connection each. */
export function startSenders(count: number, nameMerchant: (number: number) => string = merchantId): Senders {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const acknowledged = new Set<string>();
  const answers = new Map<number, number>();
  const waiting: { status: number; resolve: () => void }[] = [];
  let target = '';
  let aimed = Promise.withResolvers<void>();
  let isStopped = false;
  let sent = 0;

  const tell = (status: number) => {
    answers.set(status, (answers.get(status) ?? 0) + 1);
    for (const [at, waiter] of [...waiting.entries()].reverse())
      if (waiter.status === status) waiting.splice(at, 1)[0]?.resolve();
  };

  const send = async () => {
    while (!isStopped) {
      const merchant = nameMerchant(sent++);
      while (!isStopped && !acknowledged.has(merchant)) {
        const wasAimed = aimed.promise;
        const status = await post(agent, target, callbackOf(merchant));
        if (status === 200) acknowledged.add(merchant);
        tell(status);
        // Where the server is gone, the next one is worth waiting for.
        if (status !== 200) await Promise.race([wasAimed, delay(retryAfterMs)]);
      }
    }
  };
  const sending = aimed.promise.then(() => Promise.all(Array.from({ length: count }, send)));

  return {
    aim: (url) => {
      target = url;
      aimed.resolve();
      aimed = Promise.withResolvers();
    },
    acknowledged,
    answers,
    next: (status) => new Promise((resolve) => void waiting.push({ status, resolve })),
    stop: async () => {
      isStopped = true;
      aimed.resolve();
      await sending;
      agent.destroy();
    },
  };
}

/** The status of the answer, or 0 where there was none. */
function post(agent: Agent, url: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', agent, headers, timeout: 30_000 };
    const sending = request(`${url}/callbacks/${token}/accept`, options, (answer) => {
      // Only a whole answer acknowledges.
      answer.on('end', () => resolve(answer.statusCode ?? 0)).on('error', () => resolve(0));
      answer.resume();
    });
    sending.on('error', () => resolve(0)).on('timeout', () => sending.destroy());
    sending.end(body);
  });
}
