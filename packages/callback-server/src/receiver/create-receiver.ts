import { type Context, Hono } from 'hono';
import { type Credentials, createFactorChecks } from '../access/check-factors.ts';
import { createClientAddress } from '../access/client-address.ts';
import { sha256Hex } from '../access/sha256.ts';
import { isCallbackEvent } from '../callback/callback-event.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import { readCallback } from '../callback/read-callback.ts';
import { describeSender } from '../callback/sender.ts';
import { createReadiness } from '../health/readiness.ts';
import { withTimeout } from '../time/with-timeout.ts';
import { BodyConsumedError } from './body-consumed-error.ts';
import { readBody } from './read-body.ts';
import type { ReceiverOptions } from './receiver-options.ts';
import type { Refusal } from './refusal.ts';
import { bodyTooLong, responses, storedButInvalid, unauthorized } from './responses.ts';

/** After this time the sender has given up, and nobody reads the response. */
const keepTimeoutMs = 10_000;

/**
 * Creates the part of the server that the provider reaches, as a Hono app: `app.fetch` runs wherever `fetch` handlers
 * do. Callbacks arrive at `/callbacks/{token}/{event}`; `/health/live` and `/health/ready` are probes.
 *
 * @throws TypeError if the factors admit nobody, or if a secret could be guessed.
 * @example
 * ```ts
 * export default createReceiver({ callbackTokens: [token], store });
 * ```
 */
export function createReceiver(options: ReceiverOptions): Hono {
  const { maxBodyBytes = 256 * 1024, state = () => 'open', onRefused, onFault } = options;
  const failedFactors = createFactorChecks(options);
  const addressOf = createClientAddress(options);
  const respondUnauthorized = unauthorized(options.basicCredentials ? 'Basic' : 'ApiKey');
  const respondTooLong = bodyTooLong(maxBodyBytes);
  const read = options.readBody ?? readBody;

  const receive = async (context: Context): Promise<Response> => {
    const startedAt = performance.now();
    // Unauthenticated requests learn nothing more, and their body is not read.
    const connectedFrom = options.connectedFrom?.(context.req.raw, context.env);
    const credentials = credentialsOf(
      context,
      addressOf(connectedFrom, context.req.header('x-forwarded-for')),
    );
    const failed = await failedFactors(credentials);
    if (failed.includes('token')) return refuse(responses.notFound(), failed);
    if (failed.length > 0) return refuse(respondUnauthorized(), failed);

    const event = context.req.param('event');
    if (event !== undefined && !isCallbackEvent(event)) return refuse(responses.notFound(), ['event']);
    if (context.req.method !== 'POST') return refuse(responses.method(), ['method']);
    if (!isPlainJson(context)) return refuse(responses.type(), ['type']);
    const now = state();
    if (now === 'stopping' || now === 'disk-full') return refuse(responses.unavailable(), [now]);

    const body = await read(context.req.raw, maxBodyBytes, context.env);
    if (body === 'too-long') return refuse(respondTooLong(), ['length']);
    if (body === 'consumed') {
      onFault?.(new BodyConsumedError());
      return refuse(responses.unavailable(), [body]);
    }
    if (body === 'cut-off') return refuse(responses.cutOff(), ['cut-off']);
    const sender = describeSender(credentials.address, credentials.header('user-agent'));
    const [bodySha256, receivedAt] = [await sha256Hex(body), new Date()];
    return keep(readCallback({ body, bodySha256, event, receivedAt, sender }), startedAt, options);
  };

  const refuse = (response: Response, reasons: readonly Refusal[]) => {
    onRefused?.({ reasons, status: response.status });
    return response;
  };

  const app = new Hono();
  app.all('/callbacks/:token', receive);
  app.all('/callbacks/:token/:event', receive);
  app.route('/health', createProbes(options));
  app.notFound(responses.notFound);
  // Every error here is the server's own, so the provider is asked to send again.
  app.onError((error) => {
    const isBusy = error.name === 'StoreBusyError';
    if (!isBusy) onFault?.(error);
    return refuse(responses.unavailable(), [isBusy ? 'busy' : 'store']);
  });
  return app;
}

/** Commits before it acknowledges, because the provider may never post the callback again after a 200. */
async function keep(
  callback: IncomingCallback,
  startedAt: number,
  { store, routesOf, onKept, invalidCallbacks }: ReceiverOptions,
): Promise<Response> {
  const { event, realmId, verdict } = callback;
  const isUsable = verdict === 'valid' || verdict === 'drift';
  const routes =
    isUsable && event !== 'unknown'
      ? (routesOf?.({ event, ...(realmId !== undefined && { realmId }) }) ?? [])
      : [];
  const kept = store.keep(callback, routes).then(({ id, isNew }) => {
    const seconds = (performance.now() - startedAt) / 1000;
    onKept?.(callback, { id, isNew, seconds, routes: isNew ? routes : [] });
  });
  // A callback that is stored too late for a 200 is still delivered. When it is sent again, it is a repeat.
  await withTimeout(kept, keepTimeoutMs);
  return !isUsable && invalidCallbacks === 'reject' ? storedButInvalid(callback) : responses.received();
}

function createProbes({ store, state = () => 'open', onFault }: ReceiverOptions): Hono {
  const assertWritable = createReadiness(() => store.probe(new Date()));
  const probes = new Hono();
  probes.get('/live', responses.live);
  probes.get('/ready', async () => {
    if (state() !== 'open') return responses.unavailable();
    return assertWritable().then(responses.ready, (error: unknown) => {
      onFault?.(error);
      return responses.unavailable();
    });
  });
  return probes;
}

function credentialsOf({ req }: Context, address: string | undefined): Credentials {
  return { token: req.param('token') ?? '', header: (name) => req.header(name), address };
}

/** Compressed bodies are declined, because their bytes could not be validated. */
function isPlainJson({ req }: Context): boolean {
  const encoding = req.header('content-encoding') ?? 'identity';
  // Node decodes only the coding `chunked`.
  const transferEncoding = req.header('transfer-encoding') ?? 'chunked';
  return (
    /^application\/json\s*(;|$)/i.test(req.header('content-type') ?? '') &&
    /^identity$/i.test(encoding) &&
    /^chunked$/i.test(transferEncoding)
  );
}
