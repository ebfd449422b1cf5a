import { type Context, Hono } from 'hono';
import { purge, purgeCutoffs, type Retention } from '../maintenance/purge.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';

export interface MaintenanceOptions {
  readonly maintenance: StoreMaintenance;
  readonly retention: Retention;
  /** Whether the operator has to show a token. Whoever is merely on this machine is to change nothing. */
  readonly isGuarded: boolean;
  /** Whether the clock has jumped since the start, so that nobody knows what has been kept for its time. */
  readonly hasClockJumped: () => boolean;
}

const actor = 'the admin API';

/** What changes what is kept, for an operator whose server has the database to itself. */
export function createMaintenanceRoutes({
  maintenance,
  retention,
  isGuarded,
  hasClockJumped,
}: MaintenanceOptions): Hono {
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
      const begun = purge(maintenance, { actor, ...purgeCutoffs(retention, new Date()) });
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
      return context.json({ callbacks: await maintenance.erase(merchantId, actor) });
    }),
  );

  routes.get('/audit', async (context) => context.json(await maintenance.auditTrail(maxAuditEntries)));
  return routes;
}

const maxAuditEntries = 1000;
