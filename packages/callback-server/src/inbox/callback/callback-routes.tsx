import { Hono, type MiddlewareHandler } from 'hono';
import type { WholeCallback } from '../../callback/kept-callback.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import { actorOf, type InboxVariables } from '../access/visitor.ts';
import { formTexts } from '../frame/form-texts.ts';
import { type InboxContext, showPage } from '../frame/show-page.tsx';
import { showProblems } from '../frame/show-problems.tsx';
import { queryOf, readListQuery } from '../list/list-query.ts';
import { pageSize } from '../list/page-size.ts';
import { CallbackPage } from './callback-page.tsx';
import { indentJson } from './indent-json.ts';
import { neighboursOf } from './neighbours.ts';
import type { ShownCallback } from './shown-callback.ts';

/**
 * One callback, and its body on request.
 *
 * @param guard - Admits revealers only.
 */
export function createCallbackRoutes(
  { get, list, maintenance }: OpenedStore,
  guard: MiddlewareHandler<InboxVariables>,
): Hono<InboxVariables> {
  const routes = new Hono<InboxVariables>();

  const showCallback = async (
    context: InboxContext,
    callback: WholeCallback,
    { revealed, problem }: Pick<ShownCallback, 'revealed' | 'problem'> = {},
  ) => {
    const { texts, filter, problems } = readListQuery(context.req.queries());
    const isLive = revealed === undefined && problem === undefined;
    const neighbours =
      problems.length > 0 ? {} : await neighboursOf({ list }, callback.id, { ...filter, limit: pageSize });
    return showPage(
      context,
      { title: `Callback ${callback.event}`, isLive, status: problem ? 400 : 200 },
      <CallbackPage
        callback={callback}
        visitor={context.var.visitor}
        query={queryOf(texts)}
        neighbours={neighbours}
        revealed={revealed}
        problem={problem}
      />,
    );
  };

  routes.get('/:id', async (context) => {
    const { problems } = readListQuery(context.req.queries());
    if (problems.length > 0) return showProblems(context, 'Callback', problems);
    const callback = await get(context.req.param('id'));
    return callback ? showCallback(context, callback) : context.notFound();
  });

  routes.post('/:id/reveal', guard, async (context) => {
    const callback = await get(context.req.param('id'));
    if (!callback?.body) return context.notFound();
    const { reason: [text = ''] = [] } = await formTexts(context.req);
    const reason = text.trim();
    if (!/^\P{C}{3,200}$/u.test(reason))
      return showCallback(context, callback, {
        problem: 'Give a reason of 3 to 200 characters, in one line.',
      });
    // The entry comes first, so that the audit knows every reveal.
    await maintenance.audit({
      at: new Date(),
      actor: actorOf(context.var.visitor),
      action: 'reveal',
      details: { id: callback.id, reason },
    });
    context.header('Cache-Control', 'no-store');
    return showCallback(context, callback, { revealed: indentJson(Buffer.from(callback.body).toString()) });
  });
  return routes;
}
