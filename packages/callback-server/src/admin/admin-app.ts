import { Hono } from 'hono';
import { faultSentence } from '../store/fault-sentence.ts';
import type { OpenedStore } from '../store/open-store.ts';
import { guardAdmin } from './admin-guard.ts';
import { filterParameters, readCallbackFilter } from './callback-filter.ts';
import { checkQuery, refuseMalformedUrl } from './check-query.ts';
import { guardChanges } from './guard-changes.ts';
import { createMaintenanceRoutes, type MaintenanceOptions } from './maintenance-routes.ts';
import { createMerchantRoutes, type MerchantRoutesOptions } from './merchant-routes.ts';

export interface AdminOptions
  extends Omit<MaintenanceOptions, 'guard' | 'maintenance'>,
    Pick<MerchantRoutesOptions, 'expect'> {
  readonly store: OpenedStore;
  /** The operator has to present one of these tokens. Without tokens only this machine is served. */
  readonly tokens: readonly string[];
  /** The URL at which people reach the admin port. */
  readonly adminUrl?: string | undefined;
  readonly renderMetrics: () => Promise<string>;
  readonly onFault: (error: unknown) => void;
}

/** Creates the admin API. It shows bodies only masked, by the contract's classification. */
export function createAdminApp(options: AdminOptions): Hono {
  const { store, tokens, adminUrl, renderMetrics, onFault } = options;
  const admin = new Hono();
  admin.use(guardAdmin(tokens, adminUrl), refuseMalformedUrl);
  const noParameters = checkQuery({});

  admin.get('/callbacks', checkQuery(filterParameters), async (context) => {
    const filter = readCallbackFilter(context.req.query());
    return 'problem' in filter
      ? context.json({ error: filter.problem }, 400)
      : context.json(await store.list(filter));
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
    return context.json({ error: faultSentence(error) }, 503);
  });
  return admin;
}
