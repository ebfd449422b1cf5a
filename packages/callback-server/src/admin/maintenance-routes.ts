import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { purgeByRetention, type Retention } from '../maintenance/purge.ts';
import { PurgeError } from '../maintenance/purge-error.ts';
import { RedeliveryError } from '../maintenance/redelivery-error.ts';
import { readRedelivery, redeliveryParameters } from '../maintenance/redelivery-request.ts';
import { type GivingUp, NoOpenDeliveryError } from '../store/give-up.ts';
import type { Redelivery, RedeliveryCounts } from '../store/redeliver.ts';
import { type Release, ReleaseError } from '../store/release.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';
import { checkQuery, oneOf } from './check-query.ts';
import { createDamagedIds } from './damaged-ids.ts';

export interface MaintenanceOptions {
  readonly maintenance: StoreMaintenance;
  readonly redeliver: (
    request: Redelivery,
    actor: string,
    onDamaged: (id: string) => void,
  ) => Promise<RedeliveryCounts>;
  readonly giveUp: (request: GivingUp, actor: string, onDamaged: (id: string) => void) => Promise<number>;
  readonly release: (request: Release, actor: string, onDamaged: (id: string) => void) => Promise<number>;
  readonly retention: Retention;
  /** Refuses changes if no token is set. */
  readonly guard: MiddlewareHandler;
  /** Whether the clock has jumped since the start, so that the age of callbacks is uncertain. */
  readonly hasClockJumped: () => boolean;
}

const actor = 'the admin API';
const maxAuditEntries = 1000;

const {
  route: checkRoute,
  dryRun: checkDryRun,
  id: checkId,
  merchantId: checkMerchant,
} = redeliveryParameters;
const releaseParameters = { id: checkId, merchantId: checkMerchant, dryRun: checkDryRun };
const giveUpParameters = { route: checkRoute, id: checkId, dryRun: checkDryRun };

/**
 * Changes stored callbacks while the server runs. With SQLite, commands cannot do this: only the server may write to the
 * file.
 */
export function createMaintenanceRoutes(options: MaintenanceOptions): Hono {
  const { maintenance, redeliver, giveUp, release, guard } = options;
  const routes = new Hono();
  const noParameters = checkQuery({});

  routes.post('/purge', guard, checkQuery({ clockIsRight: oneOf(['true', 'false']) }), createPurge(options));

  routes.post('/redeliver', guard, checkQuery(redeliveryParameters), async (context) => {
    const { onDamaged, shown } = createDamagedIds();
    try {
      const counts = await redeliver(readRedelivery(context.req.query()), actor, onDamaged);
      return context.json({ ...counts, ...shown() });
    } catch (error) {
      if (error instanceof RedeliveryError) return context.json({ error: error.message }, 400);
      throw error;
    }
  });

  routes.post('/release', guard, checkQuery(releaseParameters), async (context) => {
    const { dryRun, ...ids } = context.req.query();
    const { onDamaged, shown } = createDamagedIds();
    try {
      const callbacks = await release({ ...ids, dryRun: dryRun === 'true' }, actor, onDamaged);
      return context.json({ callbacks, ...shown() });
    } catch (error) {
      if (error instanceof ReleaseError) return context.json({ error: error.message }, 400);
      throw error;
    }
  });

  routes.post('/give-up', guard, checkQuery(giveUpParameters), async (context) => {
    const { route, id, dryRun } = context.req.query();
    if (route === undefined) return context.json({ error: 'route is required.' }, 400);
    const { onDamaged, shown } = createDamagedIds();
    try {
      const request = { route, ...(id !== undefined && { ids: [id] }), dryRun: dryRun === 'true' };
      return context.json({ deliveries: await giveUp(request, actor, onDamaged), ...shown() });
    } catch (error) {
      if (error instanceof RedeliveryError || error instanceof NoOpenDeliveryError)
        return context.json({ error: error.message }, 400);
      throw error;
    }
  });

  routes.delete('/merchants/:merchantId', guard, noParameters, async (context) => {
    const merchantId = context.req.param('merchantId');
    if (merchantId.trim() === '') return context.json({ error: 'The merchant id is empty.' }, 400);
    const { onDamaged, shown } = createDamagedIds();
    const callbacks = await maintenance.erase(merchantId, actor, onDamaged);
    return context.json({ callbacks, ...shown() });
  });

  routes.get('/audit', noParameters, async (context) =>
    context.json(await maintenance.auditTrail(maxAuditEntries)),
  );
  return routes;
}

/** Creates the handler that purges. One purge runs at a time. */
function createPurge({ maintenance, retention, hasClockJumped }: MaintenanceOptions) {
  let purging: Promise<unknown> | undefined;
  return async (context: Context) => {
    if (hasClockJumped())
      return context.json({ error: 'The clock has jumped. Check it, and restart the server.' }, 409);
    if (purging) return context.json({ error: 'A purge is running already.' }, 409);
    const isClockRight = context.req.query('clockIsRight') === 'true';
    const howToConfirm = 'post to /purge?clockIsRight=true';
    const { onDamaged, shown } = createDamagedIds();
    const asked = { actor, retention, isClockRight, howToConfirm, onDamaged };
    const started = purgeByRetention(maintenance, asked);
    purging = started;
    try {
      return context.json({ ...(await started), ...shown() });
    } catch (error) {
      if (error instanceof PurgeError) return context.json({ error: error.message }, 409);
      throw error;
    } finally {
      purging = undefined;
    }
  };
}
