import { Hono, type MiddlewareHandler } from 'hono';
import { RedeliveryError } from '../../maintenance/redelivery-error.ts';
import type { RedeliveryCounts } from '../../store/redeliver.ts';
import { actorOf, type InboxVariables } from '../access/visitor.ts';
import { formTexts } from '../frame/form-texts.ts';
import { withNotice } from '../frame/notice.tsx';
import { showPage } from '../frame/show-page.tsx';
import { readAskedRedelivery, sumCounts } from './asked-redelivery.ts';
import { ConfirmForm } from './confirm-form.tsx';
import type { OperatorActions } from './operator-actions.ts';
import { RedeliverForm } from './redeliver-form.tsx';
import { redeliveryWords } from './redelivery-words.ts';

/**
 * Delivers stored callbacks again: first asks for the route, then shows the dry run, then opens the deliveries.
 *
 * @param guard - Admits operators only.
 */
export function createRedeliverRoutes(
  { redeliver, routeNames }: OperatorActions,
  guard: MiddlewareHandler<InboxVariables>,
): Hono<InboxVariables> {
  const routes = new Hono<InboxVariables>();

  routes.get('/', guard, async (context) => {
    const { visitor } = context.var;
    const asked = readAskedRedelivery(context.req.queries());
    const title = 'Deliver again';
    if (!asked.requests)
      return showPage(context, { title }, <RedeliverForm {...asked} routes={routeNames()} />);
    const counts = await sumCounts(asked.requests, (each) =>
      redeliver({ ...each, dryRun: true }, actorOf(visitor)),
    );
    return showPage(
      context,
      { title },
      <section class="sheet">
        <Found route={asked.requests[0].route} counts={counts} />
        <ConfirmForm
          visitor={visitor}
          action="/inbox/redeliver"
          fields={asked.fields}
          label={`Deliver ${total(counts)} again`}
          isPossible={total(counts) > 0}
        />
      </section>,
    );
  });

  routes.post('/', guard, async (context) => {
    const { ids, requests } = readAskedRedelivery(await formTexts(context.req));
    if (!requests) throw new RedeliveryError('route is required. Choose a route.');
    const { visitor } = context.var;
    const actor = actorOf(visitor);
    const count = total(await sumCounts(requests, (each) => redeliver(each, actor)));
    const page = ids.length === 1 ? `/inbox/callbacks/${ids[0]}` : '/inbox/callbacks';
    return context.redirect(withNotice(visitor, page, 'redelivered', count), 303);
  });
  return routes;
}

function total(counts: RedeliveryCounts): number {
  return redeliveryWords.reduce((sum, [state]) => sum + counts[state], 0);
}

function Found({ route, counts }: { readonly route: string; readonly counts: RedeliveryCounts }) {
  return (
    <>
      <p>
        Nothing has changed yet. The route <strong>{route}</strong> would get deliveries that were:
      </p>
      <dl class="facts">
        {redeliveryWords.map(([state, words]) => (
          <div class="fact">
            <dt>{words}</dt>
            <dd>{counts[state]}</dd>
          </div>
        ))}
      </dl>
      {counts.damaged > 0 && (
        <p class="problem">
          Left out, because their rows are damaged: {counts.damaged}. The command verify-store names them.
        </p>
      )}
      <p class="quiet">Callbacks that the route does not take are left out, and so are open deliveries.</p>
    </>
  );
}
