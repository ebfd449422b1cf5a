import { Hono } from 'hono';
import { callbackEvents } from '../callback/callback-event.ts';
import { verdicts } from '../callback/validate-callback.ts';
import { callbackIdPattern } from '../store/engine/callback-id.ts';
import type { OpenedStore } from '../store/open-store.ts';
import { guardAdmin } from './admin-guard.ts';
import { checkQuery, matching, oneOf, refuseMalformedUrl } from './check-query.ts';
import { guardChanges } from './guard-changes.ts';
import { createMaintenanceRoutes, type MaintenanceOptions } from './maintenance-routes.ts';
import { createMerchantRoutes, type MerchantRoutesOptions } from './merchant-routes.ts';

interface AdminOptions
  extends Omit<MaintenanceOptions, 'guard' | 'maintenance'>,
    Pick<MerchantRoutesOptions, 'expect'> {
  readonly store: OpenedStore;
  /** The operator has to present one of these tokens. Without tokens only this machine is served. */
  readonly tokens: readonly string[];
  readonly renderMetrics: () => Promise<string>;
  readonly onFault: (error: unknown) => void;
}

const deliveryStates = ['open', 'dead', 'overtaken', 'missing'] as const;

const listParameters = {
  merchantId: matching(/./s, 'must not be empty.'),
  event: oneOf([...callbackEvents, 'unknown']),
  verdict: oneOf(verdicts),
  route: matching(/^[\w-]{1,64}$/, 'must be the name of a route.'),
  state: oneOf(deliveryStates),
  before: matching(callbackIdPattern, 'must be the id of a callback.'),
  limit: matching(/^([1-9]\d{0,2}|1000)$/, 'must be a number from 1 to 1000.'),
};

/** Creates the admin API. It shows bodies only masked, by the contract's classification. */
export function createAdminApp(options: AdminOptions): Hono {
  const { store, tokens, renderMetrics, onFault } = options;
  const admin = new Hono();
  admin.use(guardAdmin(tokens), refuseMalformedUrl);
  const noParameters = checkQuery({});

  admin.get('/callbacks', checkQuery(listParameters), async (context) => {
    const {
      merchantId,
      event,
      verdict: word,
      before,
      route,
      state: stateWord,
      limit = '100',
    } = context.req.query();
    const state = deliveryStates.find((each) => each === stateWord);
    if (state && route === undefined) return context.json({ error: 'state requires route.' }, 400);
    if (route !== undefined && !state) return context.json({ error: 'route requires state.' }, 400);
    const verdict = verdicts.find((each) => each === word);
    const filter = {
      ...(merchantId && { merchantId }),
      ...(event && { event }),
      ...(verdict && { verdict }),
      ...(before && { before }),
      ...(route && state && { delivery: { route, state } }),
      limit: Number(limit),
    };
    return context.json(await store.list(filter));
  });

  admin.get('/callbacks/:id', noParameters, async (context) => {
    const kept = await store.get(context.req.param('id'));
    if (!kept) return context.json({ error: 'No callback has this id.' }, 404);
    const { body: _, masked, ...rest } = kept;
    return context.json({ ...rest, body: masked });
  });

  admin.get('/drift', noParameters, async (context) => context.json(await store.drift()));

  admin.get('/metrics', noParameters, async (context) =>
    context.text(await renderMetrics(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );

  const { maintenance, merchants } = store;
  const guard = guardChanges(tokens);
  admin.route('/', createMaintenanceRoutes({ ...options, maintenance, guard }));
  admin.route('/', createMerchantRoutes({ ...options, merchants }, guard));
  admin.notFound((context) => context.json({ error: 'Not found.' }, 404));
  // The message may quote personal data.
  admin.onError((error, context) => {
    onFault(error);
    return context.json({ error: 'The request failed in the store. The log names the fault.' }, 503);
  });
  return admin;
}
