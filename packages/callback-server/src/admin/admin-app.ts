import { Hono } from 'hono';
import type { CallbackStore } from '../store/callback-store.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);
const mostListed = 1000;

/**
 * What is kept, for the operator at the machine. Bodies are shown masked by the contract's classification, and never
 * otherwise.
 */
export function createAdminApp(store: CallbackStore): Hono {
  const admin = new Hono();

  // A page that the operator visits elsewhere must not be able to read this one, by its own name or by a rebound one.
  admin.use(async (context, next) => {
    const host = new URL(context.req.url).hostname;
    const origin = context.req.header('origin');
    const isForeign = origin !== undefined && !loopbackNames.has(hostOf(origin));
    if (!loopbackNames.has(host) || isForeign || context.req.header('sec-fetch-site') === 'cross-site')
      return context.json({ error: 'This is served to the machine it runs on only.' }, 403);
    context.header('Cache-Control', 'no-store');
    return next();
  });

  admin.get('/callbacks', async (context) => {
    const { merchantId, event, limit = '100' } = context.req.query();
    if (!/^\d{1,4}$/.test(limit) || Number(limit) > mostListed)
      return context.json({ error: `limit is a number up to ${mostListed}.` }, 400);
    const filter = { ...(merchantId && { merchantId }), ...(event && { event }), limit: Number(limit) };
    return context.json(await store.list(filter));
  });

  admin.get('/callbacks/:id', async (context) => {
    const kept = await store.get(context.req.param('id'));
    if (!kept) return context.json({ error: 'No callback has this id.' }, 404);
    const { body: _, masked, ...rest } = kept;
    return context.json({ ...rest, body: masked });
  });

  admin.notFound((context) => context.json({ error: 'There is nothing here.' }, 404));
  admin.onError((_, context) => context.json({ error: 'The store does not answer.' }, 503));
  return admin;
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}
