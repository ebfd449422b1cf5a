import type { StoreUpkeep } from '../store/store-maintenance.ts';

/** How long things are kept. What is left out is kept for ever. */
export interface PurgeOptions {
  /** Who asks, for the audit. */
  readonly actor: string;
  /** Bodies that came in before this give way to masked copies. */
  readonly bodiesBefore?: Date;
  /** Callbacks that came in before this are dropped, with all that belongs to them. */
  readonly callbacksBefore?: Date;
  readonly auditBefore?: Date;
}

/** How many of each were masked or dropped. */
export interface Purged {
  readonly bodies: number;
  readonly callbacks: number;
  readonly audit: number;
}

/**
 * Ends what has been kept for its time. What is still to be handed on is never touched, however old it is.
 *
 * @param onProgress - Told as it goes on, with the numbers so far.
 */
export async function purge(
  upkeep: StoreUpkeep,
  options: PurgeOptions,
  onProgress: (purged: Purged) => void = () => {},
): Promise<Purged> {
  const { actor, bodiesBefore, callbacksBefore, auditBefore } = options;
  const purged = { bodies: 0, callbacks: 0, audit: 0 };
  const count = async (what: keyof Purged, parts: AsyncGenerator<number> | undefined) => {
    for await (const changed of parts ?? []) {
      purged[what] += changed;
      onProgress({ ...purged });
    }
  };
  // What is dropped altogether need not be masked first.
  await count('callbacks', callbacksBefore && upkeep.dropCallbacks(callbacksBefore));
  await count('bodies', bodiesBefore && upkeep.maskBodies(bodiesBefore));
  await count('audit', auditBefore && upkeep.dropAudit(auditBefore));
  await upkeep.compact();
  await upkeep.audit({ at: new Date(), actor, action: 'purge', details: { ...purged } });
  return purged;
}
