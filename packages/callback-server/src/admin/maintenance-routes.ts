import { type Context, Hono } from 'hono';
import { eraseMerchant } from '../maintenance/erase-merchant.ts';
import { purge } from '../maintenance/purge.ts';
import { endOf, type Retention } from '../maintenance/retention.ts';
import type { StoreUpkeep } from '../store/store-maintenance.ts';

export interface UpkeepOptions {
  readonly upkeep: StoreUpkeep;
  readonly retention: Retention;
  /** Whether the operator has to show a token. Whoever is merely on this machine is to change nothing. */
  readonly isGuarded: boolean;
  /** Whether the clock has jumped since the start, so that nobody knows what has been kept for its time. */
  readonly hasClockJumped: () => boolean;
}

const actor = 'the admin API';

/** What changes what is kept, for an operator whose server has the database to itself. */
export function createUpkeepRoutes({ upkeep, retention, isGuarded, hasClockJumped }: UpkeepOptions): Hono {
  const routes = new Hono();
  let purging: Promise<unknown> | undefined;

  const guarded = (change: (context: Context) => Promise<Response>) => async (context: Context) =>
    isGuarded ? change(context) : context.json({ error: 'Set ADMIN_TOKENS to change what is kept.' }, 403);

  routes.post(
    '/purge',
    guarded(async (context) => {
      if (hasClockJumped())
        return context.json({ error: 'The clock has jumped. Look at it, and restart the server.' }, 409);
      if (purging) return context.json({ error: 'A purge is under way.' }, 409);
      const begun = purge(upkeep, { actor, ...endOf(retention, new Date()) });
      purging = begun;
      try {
        return context.json(await begun);
      } finally {
        purging = undefined;
      }
    }),
  );

  routes.delete(
    '/merchants/:merchantId',
    guarded(async (context) => {
      const merchantId = context.req.param('merchantId') ?? '';
      return context.json({ callbacks: await eraseMerchant(upkeep, merchantId, actor) });
    }),
  );

  routes.get('/audit', async (context) => context.json(await upkeep.auditTrail(mostEntries)));
  return routes;
}

const mostEntries = 1000;
