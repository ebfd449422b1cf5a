import { Hono, type MiddlewareHandler } from 'hono';
import { RedeliveryError } from '../../maintenance/redelivery-error.ts';
import { redeliveryParameters } from '../../maintenance/redelivery-request.ts';
import { actorOf, type InboxVariables } from '../access/visitor.ts';
import { formTexts, type Texts } from '../frame/form-texts.ts';
import { withNotice } from '../frame/notice.tsx';
import { readOnce } from '../frame/read-once.ts';
import { showPage } from '../frame/show-page.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import type { OperatorActions } from './operator-actions.ts';

/**
 * Gives up the open deliveries of a route that this server does not have: shows the dry run, then does it.
 *
 * @param guard - Admits operators only.
 */
export function createGiveUpRoutes(
  { giveUp }: OperatorActions,
  guard: MiddlewareHandler<InboxVariables>,
): Hono<InboxVariables> {
  const routes = new Hono<InboxVariables>();

  routes.get('/', guard, async (context) => {
    const { visitor } = context.var;
    const route = readRoute(context.req.queries());
    const count = await giveUp({ route, dryRun: true }, actorOf(visitor));
    return showPage(
      context,
      { title: 'Give up deliveries' },
      <section class="sheet">
        <p>
          Nothing has changed yet. Open deliveries to the route <strong>{route}</strong>:{' '}
          <strong>{count}</strong>.
        </p>
        <p class="quiet">
          This server does not have the route. Give its deliveries up only if no other server has it. A
          redelivery can open them again.
        </p>
        <ConfirmForm
          visitor={visitor}
          action="/inbox/give-up"
          fields={[['route', route]]}
          label={`Give up ${count}`}
          isPossible={count > 0}
        />
      </section>,
    );
  });

  routes.post('/', guard, async (context) => {
    const { visitor } = context.var;
    const route = readRoute(await formTexts(context.req));
    const count = await giveUp({ route }, actorOf(visitor));
    return context.redirect(withNotice(visitor, '/inbox/routes', 'given-up', count), 303);
  });
  return routes;
}

/** @throws RedeliveryError if the text is no name of a route, and for other fields. */
function readRoute(given: Texts): string {
  const { texts, problems } = readOnce(given, { route: redeliveryParameters.route });
  const { route = '' } = texts;
  const problem = problems[0] ?? (route === '' ? 'route must be the name of a route.' : undefined);
  if (problem !== undefined) throw new RedeliveryError(problem);
  return route;
}
