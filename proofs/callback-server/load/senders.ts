import { EventEmitter, on } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../databases/database.ts';
import { token } from '../server/server-process.ts';
import { exampleCallback, merchantId } from './example-callback.ts';

const retryAfterMs = 20;
const responseTimeoutMs = 120_000;

/** Senders post callbacks, each of a merchant of its own, and repeat each callback until it is acknowledged. */
export type Senders = ReturnType<typeof startSenders>;

interface SenderOptions {
  readonly nameMerchant?: (number: number) => string;
  /** The connections, if the senders reach the server by TLS. */
  readonly agent?: Agent;
  /** The time between two callbacks of a sender. */
  readonly pauseMs?: number;
}

/** Starts as many senders as the provider might have, each on a connection of its own. */
export function startSenders(
  count: number,
  {
    nameMerchant = merchantId,
    agent = new Agent({ keepAlive: true, maxSockets: count }),
    pauseMs = 0,
  }: SenderOptions = {},
) {
  /** The merchants whose callback was acknowledged with 200. */
  const acknowledged = new Set<string>();
  const { responses, countResponse, next } = createResponseCounter();
  let url = '';
  let directed = Promise.withResolvers<void>();
  let isStopped = false;
  let sent = 0;

  const send = async () => {
    while (!isStopped) {
      const merchant = nameMerchant(sent++);
      while (!isStopped && !acknowledged.has(merchant)) {
        const nextServer = directed.promise;
        const status = await post(agent, url, exampleCallback(merchant));
        if (status === 200) acknowledged.add(merchant);
        countResponse(status);
        // If the server is gone, the next server starts soon.
        if (status !== 200) await Promise.race([nextServer, delay(retryAfterMs)]);
      }
      if (pauseMs > 0) await delay(pauseMs);
    }
  };
  const sending = directed.promise.then(() => Promise.all(Array.from({ length: count }, send)));

  return {
    /** Directs the senders to a server, from now on. Resolves with its `acknowledgements`-th response with status 200. */
    sendTo: (server: string, acknowledgements?: number) => {
      url = server;
      directed.resolve();
      directed = Promise.withResolvers();
      return next(200, acknowledgements);
    },
    acknowledged,
    responses,
    next,
    /** Lists the merchants whose callback was acknowledged and is not in the database. The list must be empty. */
    missingFrom: (database: Database) => notStored(acknowledged, database),
    /** Resolves when no request is open. */
    stop: async () => {
      isStopped = true;
      directed.resolve();
      await sending;
      agent.destroy();
    },
  };
}

function createResponseCounter() {
  const events = new EventEmitter<Record<string, []>>();
  /** The number of responses of each status. Status 0 is a connection that ended without a response. */
  const responses = new Map<number, number>();
  return {
    responses,
    countResponse: (status: number) => {
      responses.set(status, (responses.get(status) ?? 0) + 1);
      events.emit(`status ${status}`);
    },
    /** Resolves with the next response of a status, or with the `count`-th. */
    next: async (status: number, count = 1) => {
      let left = count;
      for await (const _ of on(events, `status ${status}`)) if (--left === 0) return;
    },
  };
}

async function notStored(merchants: Iterable<string>, database: Database): Promise<string[]> {
  // More callbacks may be acknowledged while the database is read.
  const expected = [...merchants];
  const stored = await database.storedMerchants();
  return expected.filter((merchant) => !stored.has(merchant));
}

/** Posts a callback and returns the status, or 0 if the connection ended without a response. */
export function post(agent: Agent, url: string, body: string, timeout = responseTimeoutMs): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', agent, headers, timeout };
    const sending = request(`${url}/callbacks/${token}/accept`, options, (response) => {
      // Only a complete response acknowledges.
      response.on('end', () => resolve(response.statusCode ?? 0)).on('error', () => resolve(0));
      response.resume();
    });
    const onError = (error: NodeJS.ErrnoException) => {
      // The server may close a connection that it believes to be idle while we send on it.
      const wasIdle = sending.reusedSocket && error.code === 'ECONNRESET';
      resolve(wasIdle ? post(agent, url, body, timeout) : 0);
    };
    sending.on('error', onError).on('timeout', () => sending.destroy());
    sending.end(body);
  });
}
