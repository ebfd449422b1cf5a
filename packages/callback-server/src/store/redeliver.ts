import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Encryption } from './encryption/encryption.ts';
import { firstIdOf } from './engine/callback-id.ts';
import type { RedeliveryRow } from './engine/read-rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';

/** Which stored callbacks are delivered to a route: those that match every given field. */
export interface Redelivery {
  /** Name of the route. */
  readonly route: string;
  /**
   * States of the deliveries: `dead` was given up, `missing` never existed because the route came later, and `taken`
   * was delivered already.
   * @default ['dead', 'missing']
   */
  readonly states?: readonly RedeliveryState[];
  readonly id?: string;
  readonly merchantId?: string;
  readonly event?: CallbackEvent;
  /** Only callbacks received at this time or later. */
  readonly since?: Date;
  /** Only callbacks received before this time. */
  readonly until?: Date;
  /**
   * Counts the callbacks, and changes nothing.
   * @default false
   */
  readonly dryRun?: boolean;
}

export type RedeliveryState = RedeliveryRow['state'];

/** Number of callbacks by the state that their delivery had. */
export type RedeliveryCounts = Readonly<Record<RedeliveryState, number>>;

const batchSize = 500;

/**
 * Opens the deliveries of stored callbacks to a route. Callbacks without a body or with an unusable id or status are left
 * out, and so are open deliveries. One merchant's callbacks are delivered in the order of their arrival.
 *
 * @param actor - Who asks, for the audit.
 */
export async function redeliver(
  engine: StoreEngine,
  encryption: Encryption,
  request: Redelivery,
  actor: string,
): Promise<RedeliveryCounts> {
  const { route, merchantId } = request;
  const merchant = merchantId === undefined ? undefined : encryption.pseudonymOf(merchantId);
  const counts = await openDeliveries(engine, request, merchant ?? null);
  const details = { route, ...(merchant !== undefined && { merchant }), ...counts };
  if (!request.dryRun) await engine.audit({ at: new Date(), actor, action: 'redeliver', details });
  return counts;
}

async function openDeliveries(
  engine: StoreEngine,
  { route, states = ['dead', 'missing'], id, event, since, until, dryRun }: Redelivery,
  merchant: string | null,
): Promise<RedeliveryCounts> {
  const filter = {
    route,
    states: states.join(),
    id: id ?? null,
    event: event ?? null,
    merchant,
    until: until ? firstIdOf(until) : null,
    limit: batchSize,
  };
  const counts = { dead: 0, missing: 0, taken: 0 };
  let after = since ? firstIdOf(since) : '';
  for (;;) {
    const rows = await engine.redeliveries({ ...filter, after });
    if (!dryRun && rows.length > 0) await engine.open(route, rows);
    for (const { state } of rows) counts[state] += 1;
    if (rows.length < batchSize) return counts;
    after = rows.at(-1)?.id ?? after;
  }
}
