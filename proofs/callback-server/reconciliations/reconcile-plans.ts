import type { ProviderFaults } from '../confirmations/break-provider.ts';

const minute = 60_000;
const sound = { hours: 6, maxStaleMs: 0, outageHour: undefined, isFlaky: false };
const broken = { hours: 6, maxStaleMs: 10 * minute, outageHour: 2, isFlaky: true };

export interface ReconcilePlan extends ProviderFaults {
  readonly seed: number;
  readonly merchants: number;
  readonly hours: number;
  readonly pullsPerMinute: number;
  /** Share of the provider's callbacks that do not arrive in time. A third of them arrives hours later. */
  readonly shareDropped: number;
  /** Whether merchants are pulled. If not, the simulation must find missed decisions. @default true */
  readonly isReconciled?: boolean;
  /** Whether repeats of recovered decisions are left out. @default true */
  readonly leavesOutRepeats?: boolean;
}

/** Six hours of a provider, by what goes wrong. Each simulation adds its seed and its size. */
export const reconcilePlans: Readonly<
  Record<string, Omit<ReconcilePlan, 'seed' | 'merchants' | 'pullsPerMinute'>>
> = {
  '1 % of the callbacks are lost': { ...sound, shareDropped: 0.01 },
  '50 % of the callbacks are lost': { ...sound, shareDropped: 0.5 },
  'all callbacks are lost': { ...sound, shareDropped: 1 },
  '1 % are lost, and pulls are stale, late, refused, lost and down for an hour': {
    ...broken,
    shareDropped: 0.01,
  },
  '50 % are lost, and pulls are stale, late, refused, lost and down for an hour': {
    ...broken,
    shareDropped: 0.5,
  },
  'all are lost, and pulls are stale, late, refused, lost and down for an hour': {
    ...broken,
    shareDropped: 1,
  },
};
