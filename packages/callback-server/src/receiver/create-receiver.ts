import { type Context, Hono } from 'hono';
import { type Credentials, createFactorChecks } from '../access/check-factors.ts';
import { clientAddress } from '../access/client-address.ts';
import type { FactorOptions } from '../access/factor-options.ts';
import { sha256Hex } from '../access/sha256.ts';
import { type CallbackEvent, isCallbackEvent } from '../callback/callback-event.ts';
import type { Route } from '../callback/delivery.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import { readCallback } from '../callback/read-callback.ts';
import { describeSender } from '../callback/sender.ts';
import { createReadiness } from '../health/readiness.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import { withTimeout } from '../time/with-timeout.ts';
import { type ReadBody, readBody } from './read-body.ts';
import { answers, keptButRefused, type Refusal, tooLong, unauthorized } from './responses.ts';

/** Takes callbacks; takes them, but wants no more senders; takes none, because it stops or because the disk is full. */
export type ReceiverState = 'open' | 'draining' | 'stopping' | 'disk-full';

/** What the receiving part needs of the runtime and of the rest of a server. */
export interface ReceiverOptions extends FactorOptions {
  /** Where callbacks are kept. A 200 is answered once `keep` has resolved, so it must mean: on disk. */
  readonly store: Pick<CallbackStore, 'keep' | 'probe'>;

  /**
   * The longest body that is received, in bytes.
   * @default 262_144
   */
  readonly maxBodyBytes?: number;

  /**
   * Whether the provider is told of a callback that cannot be acted upon, with 422. It is kept either way.
   * @default 'keep'
   */
  readonly invalidCallbacks?: 'keep' | 'reject';

  /**
   * What a callback is to be handed to, by its event.
   * @default to nothing: it is only kept
   */
  readonly routesOf?: (event: CallbackEvent) => readonly Route[];

  /**
   * The other end of the connection, for `allowedAddresses` and to be kept with each receipt. `env` is what the runtime
   * hands to `fetch` beside the request.
   * @default unknown, so that `allowedAddresses` lets in nobody, but through proxies
   */
  readonly connectedFrom?: (request: Request, env: unknown) => string | undefined;

  /** Reads a body in the runtime's own way. @default by the web stream of the request */
  readonly readBody?: (request: Request, maxBytes: number, env: unknown) => Promise<ReadBody>;

  /**
   * How the server stands. Asked for each callback.
   * @default always open
   */
  readonly state?: () => ReceiverState;

  /** Told of each callback that was kept, before it is acknowledged. */
  readonly onKept?: (
    callback: IncomingCallback,
    kept: {
      readonly id: string;
      readonly isNew: boolean;
      /** What it is to be handed to, from now on. */
      readonly routes: readonly Route[];
      /** From the request to the commit. */
      readonly seconds: number;
    },
  ) => void;

  /** Told of each callback that was not taken. The address is given where the token was right. */
  readonly onRefused?: (refusal: { readonly reasons: readonly Refusal[]; readonly status: number }) => void;

  /** Told of a fault of ours. */
  readonly onFault?: (error: unknown) => void;
}

/** Senders wait for some seconds; after that nobody is there to be answered. */
const keepTimeoutMs = 10_000;

/**
 * The side that the provider sees, as an app of its own: `app.fetch` runs wherever `fetch` handlers do. Callbacks come
 * in at `/callbacks/{token}/{event}`, and two probes tell how we are.
 *
 * @throws TypeError for factors that would let in nobody, or anybody who guesses.
 * @example
 * ```ts
 * export default createReceiver({ callbackTokens: [token], store });
 * ```
 */
export function createReceiver(options: ReceiverOptions): Hono {
  const { store, maxBodyBytes = 256 * 1024, state = () => 'open' } = options;
  const failedFactors = createFactorChecks(options);
  const writesSucceed = createReadiness(() => store.probe(new Date()));
  const answerUnauthorized = unauthorized(options.basicCredentials ? 'Basic' : 'ApiKey');
  const answerTooLong = tooLong(maxBodyBytes);
  const read = options.readBody ?? readBody;
  const app = new Hono();

  const receive = async (context: Context): Promise<Response> => {
    const startedAt = performance.now();
    // Who is not let in is told nothing else, and has nothing of what he sends read.
    const request = shown(context);
    const failed = await failedFactors(request);
    if (failed.includes('token')) return refuse(answers.notFound(), failed);
    if (failed.length > 0) return refuse(answerUnauthorized(), failed);

    const event = context.req.param('event');
    if (event !== undefined && !isCallbackEvent(event)) return refuse(answers.notFound(), ['event']);
    if (context.req.method !== 'POST') return refuse(answers.method(), ['method']);
    if (!isPlainJson(context)) return refuse(answers.type(), ['type']);
    const now = state();
    if (now === 'stopping' || now === 'disk-full') return refuse(answers.unavailable(), [now]);

    const body = await read(context.req.raw, maxBodyBytes, context.env);
    if (body === 'too-long') return refuse(answerTooLong(), ['length']);
    if (body === 'cut-off') return refuse(answers.cutOff(), ['cut-off']);
    const sender = describeSender(request.address, request.header('user-agent'));
    return keep(readCallback(body, await sha256Hex(body), event, new Date(), sender), startedAt);
  };

  const keep = async (callback: IncomingCallback, startedAt: number) => {
    // Committed first, acknowledged then: after a 200 the provider may never post it again.
    const routes = routesOf(callback);
    const kept = store.keep(callback, routes).then(({ id, isNew }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      options.onKept?.(callback, { id, isNew, seconds, routes: isNew ? routes : [] });
    });
    // What is kept too late for a 200 is handed on all the same, and is a repeat when it comes again.
    await withTimeout(kept, keepTimeoutMs);
    const isTold = !isUsable(callback) && options.invalidCallbacks === 'reject';
    return isTold ? keptButRefused(callback) : answers.received();
  };

  const refuse = (answer: Response, reasons: readonly Refusal[]) => {
    options.onRefused?.({ reasons, status: answer.status });
    return answer;
  };

  const shown = ({ req, env }: Context): Credentials => ({
    token: req.param('token') ?? '',
    header: (name) => req.header(name),
    address: clientAddress(
      options.connectedFrom?.(req.raw, env),
      req.header('x-forwarded-for'),
      options.trustedProxyHops ?? 0,
    ),
  });

  const routesOf = (callback: IncomingCallback) =>
    isUsable(callback) && callback.event !== 'unknown' ? (options.routesOf?.(callback.event) ?? []) : [];

  app.all('/callbacks/:token', receive);
  app.all('/callbacks/:token/:event', receive);
  app.get('/health/live', answers.live);
  app.get('/health/ready', async () => {
    if (state() !== 'open') return answers.unavailable();
    return writesSucceed().then(answers.ready, (error: unknown) => {
      options.onFault?.(error);
      return answers.unavailable();
    });
  });
  app.notFound(answers.notFound);
  // Whatever fails here is ours, so the provider is asked to come again.
  app.onError((error) => {
    const isBusy = error.name === 'StoreBusyError';
    if (!isBusy) options.onFault?.(error);
    return refuse(answers.unavailable(), [isBusy ? 'busy' : 'store']);
  });
  return app;
}

function isUsable({ verdict }: IncomingCallback): boolean {
  return verdict === 'valid' || verdict === 'drift';
}

/** Compressed bytes could not be judged, so their sender is told rather than believed. */
function isPlainJson({ req }: Context): boolean {
  const encoding = req.header('content-encoding') ?? 'identity';
  return /^application\/json\s*(;|$)/i.test(req.header('content-type') ?? '') && /^identity$/i.test(encoding);
}
