import { Hono, type MiddlewareHandler } from 'hono';
import { redeliveryParameters } from '../../maintenance/redelivery-request.ts';
import { type Release, ReleaseError } from '../../store/release.ts';
import { actorOf, type InboxVariables } from '../access/visitor.ts';
import { formTexts, type Texts } from '../frame/form-texts.ts';
import { withNotice } from '../frame/notice.tsx';
import { readOnce } from '../frame/read-once.ts';
import { showPage } from '../frame/show-page.tsx';
import { ConfirmForm, type Fields } from './confirm-form.tsx';
import type { OperatorActions } from './operator-actions.ts';

/** More than a page of a list has. */
const maxIds = 200;

/**
 * Releases callbacks from the quarantine: first shows the dry run, then releases the callbacks.
 *
 * @param guard - Admits operators only.
 */
export function createReleaseRoutes(
  { release }: OperatorActions,
  guard: MiddlewareHandler<InboxVariables>,
): Hono<InboxVariables> {
  const routes = new Hono<InboxVariables>();
  const releaseAll = async (requests: readonly Release[], actor: string, dryRun: boolean) => {
    let count = 0;
    for (const request of requests) count += await release({ ...request, dryRun }, actor);
    return count;
  };

  routes.get('/', guard, async (context) => {
    const { visitor } = context.var;
    const { requests, fields } = readAsked(context.req.queries());
    const count = await releaseAll(requests, actorOf(visitor), true);
    return showPage(
      context,
      { title: 'Release' },
      <section class="sheet">
        <p>
          Nothing has changed yet. In the quarantine: <strong>{count}</strong> of these callbacks.
        </p>
        <p class="quiet">
          No pull agreed with them: they are forged or stale. Your routes would get them, marked as released.
          Look at each callback first.
        </p>
        <ConfirmForm
          visitor={visitor}
          action="/inbox/release"
          fields={fields}
          label={`Release ${count}`}
          isPossible={count > 0}
        />
      </section>,
    );
  });

  routes.post('/', guard, async (context) => {
    const { visitor } = context.var;
    const { requests } = readAsked(await formTexts(context.req));
    const count = await releaseAll(requests, actorOf(visitor), false);
    const [first] = requests;
    const page = requests.length === 1 && first?.id ? `/inbox/callbacks/${first.id}` : '/inbox/callbacks';
    return context.redirect(withNotice(visitor, page, 'released', count), 303);
  });
  return routes;
}

/** @throws ReleaseError if an id is invalid, if a field is unknown, for too many ids, or if both are missing. */
function readAsked({ id: ids = [], ...others }: Texts) {
  const { texts, problems } = readOnce(others, { merchantId: redeliveryParameters.merchantId });
  if (problems[0] !== undefined) throw new ReleaseError(problems[0]);
  const { merchantId } = texts;
  if (ids.length > maxIds) throw new ReleaseError(`id must be given at most ${maxIds} times.`);
  const wrong = ids.map(redeliveryParameters.id).find((problem) => problem !== undefined);
  if (wrong) throw new ReleaseError(`id ${wrong}`);
  if (ids.length === 0 && !merchantId)
    throw new ReleaseError('No callback is selected. Select at least one.');
  const limits = merchantId ? { merchantId } : {};
  // Each callback is tried as soon as it is released, so the oldest callback of a merchant comes first.
  const requests: Release[] = ids.length > 0 ? ids.toSorted().map((id) => ({ id, ...limits })) : [limits];
  const fields: Fields = [...ids.map((id) => ['id', id] as const), ...Object.entries(limits)];
  return { requests, fields };
}
