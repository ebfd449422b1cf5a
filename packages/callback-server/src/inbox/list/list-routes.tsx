import { Hono } from 'hono';
import { confirmRoute } from '../../callback/confirmation.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import { SavedFilterError } from '../../store/saved-filters.ts';
import { actorOf, type InboxVariables, type Visitor } from '../access/visitor.ts';
import { formTexts, textsIn } from '../frame/form-texts.ts';
import { withNotice } from '../frame/notice.tsx';
import { type InboxContext, showPage } from '../frame/show-page.tsx';
import { ListPage } from './list-page.tsx';
import { type ListQuery, queryOf, readListQuery } from './list-query.ts';
import { pageSize } from './page-size.ts';
import { SavedFilters } from './saved-filters.tsx';

export interface ListRoutesOptions {
  readonly store: OpenedStore;
  /** Names of the routes that this server delivers to. */
  readonly routeNames: () => readonly string[];
}

/** The list of callbacks, and the filters that visitors save. */
export function createListRoutes({ store, routeNames }: ListRoutesOptions): Hono<InboxVariables> {
  const { savedFilters, maintenance } = store;
  const routes = new Hono<InboxVariables>();
  /** The audit leaves out the name of the filter, which may be the name of a person. */
  const audit = (visitor: Visitor, action: string) =>
    maintenance.audit({ at: new Date(), actor: actorOf(visitor), action, details: {} });

  const showList = async (context: InboxContext, asked: ListQuery, problem?: string) => {
    const { visitor } = context.var;
    const isWrong = asked.problems.length > 0;
    const found = isWrong ? [] : await store.list({ ...asked.filter, limit: pageSize + 1 });
    return showPage(
      context,
      { title: 'Callbacks', isLive: !isWrong && !problem, status: isWrong || problem ? 400 : 200 },
      <>
        <ListPage
          {...asked}
          callbacks={found.slice(0, pageSize)}
          hasMore={found.length > pageSize}
          routes={[confirmRoute, ...routeNames()]}
          isOperator={visitor.roles.includes('operator')}
        />
        <SavedFilters
          visitor={visitor}
          filters={await savedFilters.list(visitor.name)}
          query={queryOf(asked.texts, { before: '' })}
          problem={problem}
        />
      </>,
    );
  };

  routes.get('/callbacks', (context) => showList(context, readListQuery(context.req.queries())));

  routes.post('/filters', async (context) => {
    const { name: [name = ''] = [], query: [text = ''] = [] } = await formTexts(context.req);
    const { visitor } = context.var;
    const asked = readListQuery(textsIn(text));
    const query = queryOf(asked.texts);
    if (asked.problems.length > 0)
      return showList(context, asked, 'This filter is wrong, so it was not saved.');
    try {
      await savedFilters.save(visitor.name, name.trim(), query);
    } catch (error) {
      if (error instanceof SavedFilterError) return showList(context, asked, error.message);
      throw error;
    }
    await audit(visitor, 'save filter');
    return context.redirect(withNotice(visitor, `/inbox/callbacks?${query}`, 'saved'), 303);
  });

  routes.post('/filters/remove', async (context) => {
    const { name: [name = ''] = [] } = await formTexts(context.req);
    const { visitor } = context.var;
    if (await savedFilters.remove(visitor.name, name)) await audit(visitor, 'remove filter');
    return context.redirect(withNotice(visitor, '/inbox/callbacks', 'removed'), 303);
  });
  return routes;
}
