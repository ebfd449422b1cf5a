import { maxQueued } from '../store/engine/commit-queue.ts';

/** The smallest and the largest value of a number. */
export type Limits = readonly [min: number, max: number];

const port: Limits = [0, 65_535];
/** A day is a safe maximum: a timer that should wait longer than 24 days fires at once. */
const dayMs = 24 * 3600 * 1000;
const days: Limits = [0, 36_500];

/** Limits of the numbers among the options. All numbers are whole. */
export const optionLimits = {
  port,
  adminPort: port,
  maxBodyBytes: [1, maxQueued.bytes],
  maxConnections: [1, 1_000_000],
  keepAliveMs: [1, dayMs],
  diskReserveBytes: [0, Number.MAX_SAFE_INTEGER],
  concurrency: [1, 1000],
  attemptTimeoutMs: [1, dayMs],
  agreeMs: [0, dayMs],
  unconfirmedAfterMs: [0, 365 * dayMs],
  pullsPerMinute: [6, 60_000],
  reconcileMs: [0, 365 * dayMs],
  unverifiableMs: [0, 365 * dayMs],
  drainMs: [0, dayMs],
  graceMs: [0, dayMs],
} as const satisfies Record<string, Limits>;

/** Limits of the numbers of notifications. */
export const notifyLimits = {
  intervalMs: [1, dayMs],
  quietMs: [0, 365 * dayMs],
} as const satisfies Record<string, Limits>;

/** Limits of each delay between two attempts. */
export const delayLimits: Limits = [0, 365 * dayMs];

/** Limits of the days that a purge keeps data. */
export const retentionLimits = { bodyDays: days, callbackDays: days, auditDays: days };
