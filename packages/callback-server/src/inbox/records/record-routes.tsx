import { Hono } from 'hono';
import type { RouteReading } from '../../metrics/route-metrics.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import type { InboxVariables } from '../access/visitor.ts';
import { showPage } from '../frame/show-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { DriftPage } from './drift-page.tsx';
import { MerchantsPage, merchantStates } from './merchants-page.tsx';
import { RoutesPage } from './routes-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import type { ShownSetting } from './shown-setting.ts';

export interface RecordRoutesOptions {
  readonly store: OpenedStore;
  readonly readRoutes: () => Promise<{ readonly routes: readonly RouteReading[] }>;
  readonly settings: readonly ShownSetting[];
}

const merchantsPerPage = 100;
const auditSteps = [100, 1000];

/** The pages of what the server knows beside its callbacks. */
export function createRecordRoutes({
  store,
  readRoutes,
  settings,
}: RecordRoutesOptions): Hono<InboxVariables> {
  const { merchants, maintenance } = store;
  const pages = new Hono<InboxVariables>();

  pages.get('/routes', async (context) => {
    const { routes } = await readRoutes();
    const isOperator = context.var.visitor.roles.includes('operator');
    return showPage(context, { title: 'Routes', isLive: true }, <RoutesPage {...{ routes, isOperator }} />);
  });

  pages.get('/merchants', async (context) => {
    const { state: word, after } = context.req.query();
    const state = merchantStates.find((each) => each === word);
    const filter = { ...(state && { state }), ...(after && { after }), limit: merchantsPerPage };
    const [listed, counts] = await Promise.all([merchants.listMerchants(filter), merchants.merchantCounts()]);
    const next = listed.length === merchantsPerPage ? listed.at(-1)?.merchantId : undefined;
    return showPage(
      context,
      { title: 'Merchants', isLive: true },
      <MerchantsPage merchants={listed} counts={counts} state={state} after={next} />,
    );
  });

  pages.get('/drift', async (context) =>
    showPage(context, { title: 'Drift', isLive: true }, <DriftPage drift={await store.drift()} />),
  );

  pages.get('/audit', async (context) => {
    const limit = auditSteps.find((each) => `${each}` === context.req.query('limit')) ?? auditSteps[0] ?? 100;
    const entries = await maintenance.auditTrail(limit);
    const more = entries.length === limit ? auditSteps.find((each) => each > limit) : undefined;
    return showPage(context, { title: 'Audit', isLive: true }, <AuditPage entries={entries} more={more} />);
  });

  pages.get('/settings', (context) =>
    showPage(context, { title: 'Settings' }, <SettingsPage settings={settings} />),
  );
  return pages;
}
