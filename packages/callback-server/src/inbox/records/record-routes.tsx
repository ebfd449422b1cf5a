import { Hono } from 'hono';
import { matching, oneOf } from '../../admin/check-query.ts';
import type { RouteReading } from '../../metrics/route-metrics.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import type { InboxVariables } from '../access/visitor.ts';
import { readOnce } from '../frame/read-once.ts';
import { showPage } from '../frame/show-page.tsx';
import { refuseParameters, showProblems } from '../frame/show-problems.tsx';
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
const merchantParameters = {
  state: oneOf(merchantStates),
  after: matching(/^.{1,200}$/s, 'must be the id of a merchant.'),
};
const auditSteps = [100, 1000];
const auditParameters = { limit: oneOf(auditSteps.map(String)) };

/** The pages about routes, merchants, drift, the audit and the settings. */
export function createRecordRoutes({
  store,
  readRoutes,
  settings,
}: RecordRoutesOptions): Hono<InboxVariables> {
  const { merchants, maintenance } = store;
  const pages = new Hono<InboxVariables>();

  pages.get('/routes', refuseParameters, async (context) => {
    const { routes } = await readRoutes();
    const isOperator = context.var.visitor.roles.includes('operator');
    return showPage(
      context,
      { title: 'Routes', isLive: true },
      <RoutesPage routes={routes} isOperator={isOperator} />,
    );
  });

  pages.get('/merchants', async (context) => {
    const { texts, problems } = readOnce(context.req.queries(), merchantParameters);
    if (problems.length > 0) return showProblems(context, 'Merchants', problems);
    const { after } = texts;
    const state = merchantStates.find((each) => each === texts.state);
    const filter = { ...(state && { state }), ...(after && { after }), limit: merchantsPerPage };
    const [listed, counts] = await Promise.all([merchants.listMerchants(filter), merchants.merchantCounts()]);
    const next = listed.length === merchantsPerPage ? listed.at(-1)?.merchantId : undefined;
    return showPage(
      context,
      { title: 'Merchants', isLive: true },
      <MerchantsPage merchants={listed} counts={counts} state={state} after={next} />,
    );
  });

  pages.get('/drift', refuseParameters, async (context) =>
    showPage(context, { title: 'Drift', isLive: true }, <DriftPage drift={await store.drift()} />),
  );

  pages.get('/audit', async (context) => {
    const { texts, problems } = readOnce(context.req.queries(), auditParameters);
    if (problems.length > 0) return showProblems(context, 'Audit', problems);
    const limit = Number(texts.limit ?? auditSteps[0]);
    const entries = await maintenance.auditTrail(limit);
    const more = entries.length === limit ? auditSteps.find((each) => each > limit) : undefined;
    return showPage(context, { title: 'Audit', isLive: true }, <AuditPage entries={entries} more={more} />);
  });

  pages.get('/settings', refuseParameters, (context) =>
    showPage(context, { title: 'Settings' }, <SettingsPage settings={settings} />),
  );
  return pages;
}
