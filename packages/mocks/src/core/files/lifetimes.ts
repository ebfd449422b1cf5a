import type { components } from '@partner-ecosystem/openapi/schema';

type FileTtl = components['schemas']['FileTtl'];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a file is kept, in milliseconds. A month has 30 days and a year 365. */
const lifetimes: { readonly [Ttl in FileTtl]: number } = {
  '2 mins': 2 * minute,
  '10 mins': 10 * minute,
  '30 mins': 30 * minute,
  '2 hrs': 2 * hour,
  '12 hrs': 12 * hour,
  '24 hrs': 24 * hour,
  '7 days': 7 * day,
  '15 days': 15 * day,
  '1 month': 30 * day,
  '3 month': 90 * day,
  '6 month': 180 * day,
  '1 year': 365 * day,
  '3 years': 3 * 365 * day,
  infinity: Number.POSITIVE_INFINITY,
};

/** Without a ttl a file lives for 30 seconds. */
export function lifetimeOf(ttl: FileTtl | undefined): number {
  return ttl === undefined ? 30_000 : lifetimes[ttl];
}
