import type { MiddlewareHandler } from 'hono';
import type { InboxVariables } from '../access/visitor.ts';
import { readOnce } from './read-once.ts';
import { type InboxContext, showPage } from './show-page.tsx';

/** Says what is wrong with an address. */
export function showProblems(context: InboxContext, title: string, problems: readonly string[]) {
  return showPage(
    context,
    { title, status: 400 },
    <div class="problem" role="alert">
      {problems.map((problem) => (
        <p>{problem}</p>
      ))}
    </div>,
  );
}

/** Refuses an address with parameters, for a page without any. */
export const refuseParameters: MiddlewareHandler<InboxVariables> = async (context, next) => {
  const { problems } = readOnce(context.req.queries(), {});
  return problems.length > 0 ? showProblems(context, 'Not possible', problems) : next();
};
