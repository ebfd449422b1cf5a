import { Hono } from 'hono';
import { RedeliveryError } from '../maintenance/redelivery-error.ts';
import { faultSentence } from '../store/fault-sentence.ts';
import { NoOpenDeliveryError } from '../store/give-up.ts';
import { ReleaseError } from '../store/release.ts';
import { type AccessOptions, createAccess } from './access/create-access.ts';
import type { InboxVariables } from './access/visitor.ts';
import { createGiveUpRoutes } from './actions/give-up-routes.tsx';
import type { OperatorActions } from './actions/operator-actions.ts';
import { createRedeliverRoutes } from './actions/redeliver-routes.tsx';
import { createReleaseRoutes } from './actions/release-routes.tsx';
import { createCallbackRoutes } from './callback/callback-routes.tsx';
import { renderRefusal } from './frame/refusal-page.tsx';
import { showPage } from './frame/show-page.tsx';
import { refuseParameters } from './frame/show-problems.tsx';
import { renderSignIn } from './frame/sign-in-page.tsx';
import { createListRoutes } from './list/list-routes.tsx';
import type { Overview } from './overview/create-overview.ts';
import { OverviewPage } from './overview/overview-page.tsx';
import { pageFiles } from './page-files.ts';
import { createRecordRoutes, type RecordRoutesOptions } from './records/record-routes.tsx';

export interface InboxOptions extends RecordRoutesOptions {
  readonly access: Omit<AccessOptions, 'store' | 'renderSignIn' | 'renderRefusal'>;
  readonly actions: OperatorActions;
  readonly readOverview: () => Promise<Overview>;
  /** Whether the disk of the database has so little space that callbacks are refused. */
  readonly isDiskLow: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** Creates the inbox: pages for people, below `/inbox`. They work without a script. */
export function createInbox(options: InboxOptions): Hono<InboxVariables> {
  const { store, actions, readOverview, isDiskLow, onFault } = options;
  const access = createAccess({ ...options.access, store, renderSignIn, renderRefusal });
  const operator = access.requireRole('operator');
  // People type addresses, and proxies add a slash.
  const inbox = new Hono<InboxVariables>({ strict: false }).basePath('/inbox');
  inbox.use(access.shield);
  inbox.use(async (context, next) => {
    context.set('isDiskLow', isDiskLow());
    await next();
  });
  inbox.route('/', pageFiles);
  inbox.route('/', access.routes);
  inbox.use(access.guard);
  inbox.get('/', refuseParameters, async (context) =>
    showPage(context, { title: 'Overview', isLive: true }, <OverviewPage {...(await readOverview())} />),
  );
  inbox.route('/', createListRoutes({ store, routeNames: actions.routeNames }));
  inbox.route('/callbacks', createCallbackRoutes(store, access.requireRole('revealer')));
  inbox.route('/redeliver', createRedeliverRoutes(actions, operator));
  inbox.route('/release', createReleaseRoutes(actions, operator));
  inbox.route('/give-up', createGiveUpRoutes(actions, operator));
  inbox.route('/', createRecordRoutes(options));
  inbox.notFound((context) =>
    showPage(
      context,
      { title: 'Not found', status: 404 },
      <p class="sheet">There is no such page or callback. A purge may have dropped it.</p>,
    ),
  );
  // A message of the store may quote personal data.
  inbox.onError((error, context) => {
    const isAsked = askedErrors.some((each) => error instanceof each);
    if (!isAsked) onFault(error);
    return showPage(
      context,
      { title: isAsked ? 'Not possible' : 'The request failed', status: isAsked ? 400 : 503 },
      <p class="problem">{isAsked ? error.message : faultSentence(error)}</p>,
    );
  });
  return inbox;
}

/** Errors that say what is wrong with a request. */
const askedErrors = [RedeliveryError, ReleaseError, NoOpenDeliveryError];
