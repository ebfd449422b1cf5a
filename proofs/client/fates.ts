import { setTimeout as delay } from 'node:timers/promises';

/** The provider's side of one request. */
interface Exchange {
  readonly request: Request;
  readonly random: () => number;
  /** Longest time after which the provider still stores, in milliseconds. */
  readonly maxLateMs: number;
  /** Lets the provider work on the request now, and resolves to its response. */
  work(): Promise<Response>;
  /** Lets the provider work on the request later. */
  workLater(milliseconds: number): void;
  /** Aborts the signal of the caller. */
  abort(): void;
}

/** What happens to one request. Resolves to the response, or throws like the `fetch` of Node. */
export type Fate = (exchange: Exchange) => Promise<Response>;

/** Codes of a read on a kept connection. The request may have been stored. */
const readCodes = ['ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED', 'ETIMEDOUT'] as const;
const failures = [408, 425, 500, 502, 503, 504] as const;

const lost: readonly Fate[] = [
  async ({ random }) => fail({ syscall: 'read', code: pick(readCodes, random) }),
  async () => fail({ code: 'UND_ERR_SOCKET' }),
  async ({ random }) => page(pick(failures, random)),
  async () => page(200),
  async () => new Response('{"id":'),
  async () => cutOff(),
  ({ request }) => silence(request),
];

/** Fates by name. Every client must keep its promises with them. */
export const fates: Readonly<Record<string, Fate>> = {
  'response lost before the provider stores': (exchange) => pick(lost, exchange.random)(exchange),
  'response lost after the provider has stored': async (exchange) => {
    await exchange.work();
    return pick(lost, exchange.random)(exchange);
  },
  'response lost, and stored later': (exchange) => {
    exchange.workLater(exchange.random() * exchange.maxLateMs);
    return pick(lost, exchange.random)(exchange);
  },
  'refused by status': async ({ random }) => page(pick([403, 409, 421, 422], random)),
  limited: async () => new Response('', { status: 429, headers: { 'Retry-After': '0' } }),
  'aborted before the provider stores': (exchange) => {
    exchange.abort();
    return silence(exchange.request);
  },
  'aborted, and stored later': (exchange) => {
    exchange.workLater(exchange.random() * exchange.maxLateMs);
    exchange.abort();
    return silence(exchange.request);
  },
  'aborted after the provider has stored': async (exchange) => {
    await exchange.work();
    exchange.abort();
    return silence(exchange.request);
  },
  'connection refused': async () => fail({ syscall: 'connect', code: 'ECONNREFUSED' }),
  'host unknown': async () => fail({ syscall: 'getaddrinfo', code: 'ENOTFOUND' }),
};

/** Fates of a `fetch` that does more than send the request. */
export const fatesOfOwnFetch: Readonly<Record<string, Fate>> = {
  ...fates,
  'own fetch refused a connection after the response': async ({ work }) => {
    await work();
    return fail({ syscall: 'connect', code: 'ECONNREFUSED' });
  },
  'own fetch slow after the response': async ({ work, random, maxLateMs }) => {
    const response = await work();
    await delay(random() * maxLateMs);
    return response;
  },
};

export function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

function fail(properties: { readonly code: string; readonly syscall?: string }): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(properties.code), properties) });
}

function page(status: number): Response {
  return new Response('<html><body>This is not the provider.</body></html>', { status });
}

function cutOff(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body);
}

/** No response follows, until the client gives up. */
function silence({ signal }: Request): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
