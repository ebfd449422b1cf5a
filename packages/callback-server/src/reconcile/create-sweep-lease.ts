import { randomUUID } from 'node:crypto';
import type { MerchantStore } from '../store/merchants.ts';

/** How long a server keeps the lease without a renewal. */
export const sweepLeaseMs = 30_000;

/** The right of one server, of several on a database, to check merchants and to report their states. */
export function createSweepLease(leaseSweep: MerchantStore['leaseSweep'], onFault: (error: unknown) => void) {
  const holder = randomUUID();
  let isHeld = false;
  return {
    /** Takes or renews the lease. Resolves to whether this server has it. */
    hold: async (): Promise<boolean> => {
      isHeld = await leaseSweep(holder, sweepLeaseMs);
      return isHeld;
    },
    /** Lets another server begin at once. */
    release: async (): Promise<void> => {
      if (isHeld) await leaseSweep(holder, 0).catch(onFault);
    },
  };
}
