import type { Context } from 'hono';
import type { Listing } from '../core/model/listing.ts';

/** Responds with a part of a list. `sandbox-total` counts all selected rows; `link` leads to the next part (RFC 8288). */
export function listResponse<Row, Shown extends object>(
  context: Context,
  { rows, total, next }: Listing<Row>,
  show: (row: Row) => Shown,
): Response {
  const query = new URL(context.req.url).searchParams;
  if (next !== undefined) query.set('after', next);
  return context.json(rows.map(show), 200, {
    'sandbox-total': `${total}`,
    ...(next !== undefined && { link: `<?${query}>; rel="next"` }),
  });
}
