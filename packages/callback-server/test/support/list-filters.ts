import type { RowFilter } from '../../src/store/engine/records.ts';
import { month } from './search-store.ts';

const none: RowFilter = {
  merchant: null,
  caseReference: null,
  event: null,
  verdict: null,
  confirmation: null,
  receivedFrom: null,
  receivedUntil: null,
  route: null,
  state: null,
  before: null,
  after: null,
  upTo: null,
  limit: 50,
};

const day = 86_400_000;
const aDay = {
  receivedFrom: new Date(month.start + 3 * day),
  receivedUntil: new Date(month.start + 4 * day + 1),
};
const lastHour = { receivedFrom: new Date(month.end - 3_600_000) };

/** Each filter alone, with frequent words and with rare ones, and the usual pairs. */
export const listFilters: readonly (readonly [string, RowFilter])[] = Object.entries({
  everything: {},
  merchant: { merchant: 'merchant-3' },
  case: { caseReference: Buffer.from('case-3') },
  'frequent event': { event: 'accept' },
  'rare event': { event: 'dropoff' },
  'no event': { event: 'new' },
  'frequent verdict': { verdict: 'valid' },
  'rare verdict': { verdict: 'invalid' },
  'frequent event and verdict': { event: 'pending', verdict: 'valid' },
  'rare event and verdict': { event: 'reject', verdict: 'drift' },
  confirmed: { confirmation: 'confirmed' },
  quarantined: { confirmation: 'quarantined' },
  unconfirmed: { confirmation: 'unconfirmed' },
  'an old day': aDay,
  'the last hour': lastHour,
  'until long ago': { receivedUntil: new Date(month.start + day) },
  'confirmed on a day': { confirmation: 'confirmed', ...aDay },
  'quarantined on a day': { confirmation: 'quarantined', ...aDay },
  'an event on a day': { event: 'reject', ...aDay },
  'a verdict on a day': { verdict: 'drift', ...aDay },
  'open of a route': { state: 'open', route: 'handler' },
  'dead of a route': { state: 'dead', route: 'mail' },
  'dead of any route': { state: 'dead' },
  'open of any route': { state: 'open' },
  'overtaken of a route': { state: 'overtaken', route: 'handler' },
  'missing of a new route': { state: 'missing', route: 'another' },
  'overtaken on a day': { state: 'overtaken', route: 'handler', ...aDay },
  'dead of any route on a day': { state: 'dead', ...aDay },
  'dead of a merchant': { state: 'dead', merchant: 'merchant-7' },
  'a rare verdict, open': { state: 'open', verdict: 'invalid' },
} satisfies Record<string, Partial<RowFilter>>).map(([name, filter]) => [name, { ...none, ...filter }]);

/**
 * Limits of what a list of 50 may read, however many callbacks are stored. A list reads some pages for each row, an hour's
 * callbacks at each end of a time range, and a thousand entries of each index that it compares.
 */
export const maxListed = { pages: 10_000, rows: 10_000 };
