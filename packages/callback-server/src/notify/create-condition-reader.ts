import type { CircuitState } from '../dispatch/create-circuit.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import { createQuietTime } from './quiet-time.ts';
import { type ConditionLimits, sharedConditions } from './shared-conditions.ts';
import type { Reading } from './teller-state.ts';

export interface ConditionSources {
  readonly circuits: () => ReadonlyMap<string, CircuitState>;
  readonly lastReceivedAt: () => Promise<Date | undefined>;
  readonly merchantCounts: () => Promise<MerchantCounts>;
  /** Resolves to whether this server reports callbacks and merchants. Of several servers on one database, one does. */
  readonly isTelling: () => Promise<boolean>;
}

/** Creates a function that reads the current conditions. */
export function createConditionReader(sources: ConditionSources, limits: ConditionLimits) {
  const quietTime = createQuietTime();
  return async (): Promise<Reading> => {
    const circuits = [...sources.circuits()]
      .filter(([, state]) => state !== 'closed')
      .map(([route]) => ({ kind: 'open-circuit', route }) as const);
    // Every server reads this time, so that a server that begins to report knows it.
    const quietMs = quietTime(await sources.lastReceivedAt());
    if (!(await sources.isTelling())) return { circuits };
    const merchants = await sources.merchantCounts();
    return { circuits, shared: sharedConditions({ quietMs, merchants }, limits) };
  };
}
