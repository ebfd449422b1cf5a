import { Hono, type MiddlewareHandler } from 'hono';
import { RedeliveryError } from '../../maintenance/redelivery-error.ts';
import { redeliveryParameters } from '../../maintenance/redelivery-request.ts';
import { actorOf, type InboxVariables } from '../access/visitor.ts';
import { formTexts, type Texts } from '../frame/form-texts.ts';
import { withNotice } from '../frame/notice.tsx';
import { readOnce } from '../frame/read-once.ts';
import { showPage } from '../frame/show-page.tsx';
import { ConfirmForm, type Fields } from './confirm-form.tsx';
import { CountForm } from './count-form.tsx';
import type { OperatorActions } from './operator-actions.ts';

/** More than a page of a list has. */
const maxIds = 200;

const routeMissing = 'route must be the name of a route.';

/**
 * Gives up open deliveries: all to a route that this server does not have, or those of some callbacks. First shows the dry
 * run, then gives the deliveries up.
 *
 * @param guard - Admits operators only.
 */
export function createGiveUpRoutes(
  { giveUp, routeNames }: OperatorActions,
  guard: MiddlewareHandler<InboxVariables>,
): Hono<InboxVariables> {
  const routes = new Hono<InboxVariables>();

  routes.get('/', guard, async (context) => {
    const { visitor } = context.var;
    const { route, ids, fields } = readAsked(context.req.queries());
    const title = 'Give up deliveries';
    if (route === '')
      return showPage(
        context,
        { title },
        <CountForm
          action="/inbox/give-up"
          fields={fields}
          asked={`Selected callbacks: ${fields.length}.`}
          routes={routeNames()}
        />,
      );
    const count = await giveUp({ route, ...ids, dryRun: true }, actorOf(visitor));
    return showPage(
      context,
      { title },
      <section class="sheet">
        <p>
          Nothing has changed yet. Open deliveries to the route <strong>{route}</strong>:{' '}
          <strong>{count}</strong>.
        </p>
        <p class="quiet">
          {ids
            ? 'The route does not get these callbacks. The next callbacks of their merchants are tried at once.'
            : 'This server does not have the route. Give its deliveries up only if no other server has it.'}{' '}
          A redelivery can open them again.
        </p>
        <ConfirmForm
          visitor={visitor}
          action="/inbox/give-up"
          fields={fields}
          label={`Give up ${count}`}
          isPossible={count > 0}
        />
      </section>,
    );
  });

  routes.post('/', guard, async (context) => {
    const { visitor } = context.var;
    const { route, ids } = readAsked(await formTexts(context.req));
    if (route === '') throw new RedeliveryError(routeMissing);
    const count = await giveUp({ route, ...ids }, actorOf(visitor));
    const [first, second] = ids?.ids ?? [];
    const callback = first && !second ? `/inbox/callbacks/${first}` : '/inbox/callbacks';
    return context.redirect(withNotice(visitor, ids ? callback : '/inbox/routes', 'given-up', count), 303);
  });
  return routes;
}

/**
 * The route is empty if it is still to be chosen.
 *
 * @throws RedeliveryError if the route or an id is invalid, if a field is unknown, or if both a route and ids are missing.
 */
function readAsked({ id: given = [], ...others }: Texts) {
  const { texts, problems } = readOnce(others, { route: redeliveryParameters.route, of: () => undefined });
  const { of, route = '' } = texts;
  const wrong = given.map(redeliveryParameters.id).find((each) => each !== undefined);
  if (problems[0] !== undefined) throw new RedeliveryError(problems[0]);
  if (wrong) throw new RedeliveryError(`id ${wrong}`);
  if (given.length > maxIds) throw new RedeliveryError(`id must be given at most ${maxIds} times.`);
  if (given.length === 0 && of) throw new RedeliveryError('No callback is selected. Select at least one.');
  if (given.length === 0 && route === '') throw new RedeliveryError(routeMissing);
  const fields: Fields = [
    ...given.map((id) => ['id', id] as const),
    ...(route === '' ? [] : [['route', route] as const]),
  ];
  // A merchant's newest callback comes first. Otherwise the next delivery could start before it is given up too.
  return { route, ids: given.length > 0 ? { ids: given.toSorted().reverse() } : undefined, fields };
}
