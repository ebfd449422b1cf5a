import type { CallbackEvent } from '../callback/callback-event.ts';
import { realmIdOf } from '../callback/realm-id.ts';
import { isTakenBy, type RouteFilter } from '../callback/route-filter.ts';
import type { RouteOrder } from '../callback/route-order.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { OnDamaged } from './change-past-damage.ts';
import { UnreadableError } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { MasterKeyError } from './encryption/master-key-error.ts';
import { firstIdOf } from './engine/callback-id.ts';
import type { RedeliveryRow } from './engine/read-rows.ts';
import type { RedeliveryRows } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { receivedBody } from './received-body.ts';
import { idRangeOf, redeliveryRows } from './redelivery-rows.ts';

/** Which stored callbacks are delivered to a route: those that match every given field. */
export interface Redelivery {
  /** Name of the route. */
  readonly route: string;
  /**
   * States of the deliveries: `dead` was given up, `missing` never existed because the route came later, `taken` was
   * delivered already, and `overtaken` was not made because another callback says as much or more.
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

/** Which callbacks a route takes, and in which order. */
export interface OrderedFilter extends RouteFilter {
  readonly order?: RouteOrder;
}

export type RedeliveryState = RedeliveryRow['state'];

/** Number of callbacks by the state that their delivery had. */
export interface RedeliveryCounts extends Readonly<Record<RedeliveryState, number>> {
  /** Number of callbacks that were left out because their rows are damaged. */
  readonly damaged: number;
}

const defaultStates: readonly RedeliveryState[] = ['dead', 'missing'];

/** Rows per batch. A body can be as long as `maxBodyBytes`. */
const batchSize = { withBodies: 100, withoutBodies: 500 };

/**
 * Creates a function that opens the deliveries of stored callbacks to a route. Callbacks that the route does not take are
 * left out, and so are callbacks without a usable body, and open deliveries. One merchant's callbacks are delivered in the
 * order of their arrival, unless the route has the order `none`.
 */
export function createRedeliver(engine: StoreEngine, encryption: Encryption) {
  /**
   * @param filter - Which callbacks the route takes.
   * @param actor - Who asks, for the audit.
   * @param onDamaged - Called for each callback that is left out because its row is damaged.
   */
  return async (
    request: Redelivery,
    filter: OrderedFilter,
    actor: string,
    onDamaged: OnDamaged = () => {},
  ): Promise<RedeliveryCounts> => {
    const { route, dryRun, merchantId } = request;
    const merchant = merchantId === undefined ? null : encryption.pseudonymOf(merchantId);
    const counts = { dead: 0, missing: 0, taken: 0, overtaken: 0, damaged: 0 };
    const rowsOf = redeliveryRows(engine, rowFilterOf(request, filter, merchant), (id) => {
      counts.damaged += 1;
      onDamaged(id);
    });
    for await (const rows of rowsOf) {
      const taken = await filterRows(rows, filter, encryption);
      // Without the bodies, which need not go back to the database.
      const callbacks = taken.map(({ sequence, orderKey, id }) => ({
        sequence,
        orderKey: filter.order === 'none' ? id : orderKey,
      }));
      if (!dryRun && callbacks.length > 0) await engine.open(route, callbacks);
      for (const { state } of taken) counts[state] += 1;
    }
    const details = { ...limitsOf(request), ...(merchant !== null && { merchant }), ...counts };
    if (!dryRun) await engine.audit({ at: new Date(), actor, action: 'redeliver', details });
    return counts;
  };
}

/** The fields of the request, except the merchant, as the audit shows them. */
function limitsOf({ route, states = defaultStates, id, event, since, until }: Redelivery) {
  return {
    route,
    states: states.join(', '),
    ...(id !== undefined && { id }),
    ...(event !== undefined && { event }),
    ...(since && { since: since.toISOString() }),
    ...(until && { until: until.toISOString() }),
  };
}

function rowFilterOf(
  { route, states = defaultStates, id, event, since, until }: Redelivery,
  { realms }: RouteFilter,
  merchant: string | null,
): RedeliveryRows {
  return {
    route,
    states: states.join(),
    event: event ?? null,
    merchant,
    ...idRangeOf(id, since && firstIdOf(since), until && firstIdOf(until)),
    // Only the body names the realm.
    withBodies: realms ? 1 : 0,
    limit: realms ? batchSize.withBodies : batchSize.withoutBodies,
  };
}

async function filterRows(
  rows: readonly RedeliveryRow[],
  filter: RouteFilter,
  encryption: Encryption,
): Promise<RedeliveryRow[]> {
  const taken: RedeliveryRow[] = [];
  for (const row of rows) {
    const { event } = row;
    const realmId = filter.realms && (await readRealmId(row, encryption));
    if (isTakenBy(filter, { event, realmId })) taken.push(row);
  }
  return taken;
}

/** `undefined` if the callback cannot be decrypted. */
async function readRealmId(
  { id, event, dataKey, bodyHash, body }: RedeliveryRow,
  encryption: Encryption,
): Promise<string | undefined> {
  try {
    const key = await encryption.keyById(dataKey);
    if (!key || !body) return undefined;
    return realmIdOf(validateCallback(receivedBody({ id, bodyHash, body }, key, encryption), event).payload);
  } catch (error) {
    if (error instanceof UnreadableError || error instanceof MasterKeyError) return undefined;
    throw error;
  }
}
