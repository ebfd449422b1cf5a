import {
  type IndexPlace,
  type ListSource,
  remainingConditions,
  sourcesOf,
  wholeTable,
} from './list-sources.ts';
import { numberIn, type Row, textIn } from './read-rows.ts';
import type { RowFilter, SequenceRange } from './records.ts';
import { routesWith } from './shared-statements.ts';

/** A statement of a list. It need not name all values. */
export interface ListQuery {
  readonly text: string;
  readonly values: Readonly<Record<string, string | number | Date | Uint8Array | null>>;
}

/** The parts of the SQL that differ between the engines. */
export interface ListDialect {
  /** The columns of a listed callback. */
  readonly columns: string;
  /** Selects the entries of a place that are in a range of sequences, newest first. Uses only the index of the place. */
  readonly select: (place: IndexPlace, range: SequenceRange, conditions: string) => string;
  /** The condition that the sequence is among those that a query selects. */
  readonly isAmong: (query: string) => string;
  /** The hour of `received_at`, as the index has it. */
  readonly hour: string;
  /** The expression for the hour of the time in a parameter. */
  readonly hourOf: (parameter: string) => string;
}

/** Entries of a source beyond this number are not counted: a source with fewer entries is better in any case. */
const maxCounted = 1000;

/** Times before and after every stored time. */
const [earliest, latest] = [new Date(0), new Date('9999-12-31')];

type Steps<Result> = Generator<ListQuery, Result, Row[]>;

/**
 * Lists callbacks, newest first, in statements that the engine runs one after the other. Reads the index of the filter's
 * rarest word, so that a short list costs little. Two words that are frequent, but seldom together, cost more. A verdict and
 * an event together have their own index.
 *
 * @returns The rows of the callbacks.
 */
export function* listCallbacks(filter: RowFilter, dialect: ListDialect): Steps<Row[]> {
  const range = yield* rangeOf(filter, dialect);
  if (range.after >= range.upTo) return [];
  const routes = yield* routesOf(filter);
  const { sources, values: words } = sourcesOf(filter, routes);
  const values = { ...filter, ...range, ...words };
  const source = yield* rarestOf(sources, range, values, dialect);
  if (source.places.length === 0) return [];
  // A callback can have deliveries to several routes.
  const found = placesOf(source, range, dialect, remainingConditions(filter, source)).join(' UNION ');
  const text = `
  SELECT ${dialect.columns}
  FROM callbacks
  WHERE ${dialect.isAmong(`SELECT sequence FROM (${found}) AS found ORDER BY sequence DESC LIMIT $limit`)}
  ORDER BY sequence DESC`;
  return yield { text, values };
}

/** The sequences that a filter may find. Empty if there are none. */
function* rangeOf(filter: RowFilter, dialect: ListDialect): Steps<SequenceRange> {
  const { before, receivedFrom, receivedUntil } = filter;
  const none = { after: 0, upTo: 0 };
  let { after, upTo } = { after: filter.after ?? 0, upTo: filter.upTo ?? Number.MAX_SAFE_INTEGER };
  if (before !== null) {
    const [row] = yield { text: 'SELECT sequence FROM callbacks WHERE id = $before', values: { before } };
    if (!row) return none;
    upTo = Math.min(upTo, numberIn(row, 'sequence') - 1);
  }
  if (receivedFrom !== null || receivedUntil !== null) {
    const values = { from: receivedFrom ?? earliest, until: receivedUntil ?? latest };
    const [row = {}] = yield { text: sequencesOfHours(dialect), values };
    if (row['first'] === null) return none;
    after = Math.max(after, numberIn(row, 'first') - 1);
    upTo = Math.min(upTo, numberIn(row, 'last'));
  }
  return { after, upTo };
}

/** The first and the last sequence of the hours of two times, and of the hours between them. Reads a few entries per hour. */
function sequencesOfHours({ hour, hourOf }: ListDialect): string {
  const first = (column: string, condition: string, order = '') =>
    `(SELECT ${column} FROM callbacks WHERE ${condition} ORDER BY ${hour} ${order}, sequence ${order} LIMIT 1)`;
  const next = (condition: string) => first(hour, `${condition} AND ${hour} <= ${hourOf('$until')}`);
  return `
  WITH RECURSIVE hours (hour) AS (
    SELECT ${next(`${hour} >= ${hourOf('$from')}`)}
    UNION ALL
    SELECT ${next(`${hour} > hours.hour`)} FROM hours WHERE hours.hour IS NOT NULL)
  SELECT min(${first('sequence', `${hour} >= hours.hour`)}) AS first,
    max(${first('sequence', `${hour} <= hours.hour`, 'DESC')}) AS last
  FROM hours
  WHERE hours.hour IS NOT NULL`;
}

/** Names of the routes whose deliveries are sought. */
function* routesOf({ route, state }: RowFilter): Steps<string[]> {
  if (state === null || state === 'missing') return [];
  if (route !== null) return [route];
  return (yield { text: routesWith(state), values: {} }).map((row) => textIn(row, 'route'));
}

/** The source with the fewest entries, as far as they are counted. */
function* rarestOf(
  sources: readonly ListSource[],
  range: SequenceRange,
  values: ListQuery['values'],
  dialect: ListDialect,
): Steps<ListSource> {
  const [first = wholeTable, ...others] = sources;
  if (others.length === 0) return first;
  let rarest = { source: first, count: Number.POSITIVE_INFINITY };
  for (const source of sources) {
    if (source.places.length === 0) return source;
    const text = `SELECT count(*) AS count FROM (${placesOf(source, range, dialect).join(' UNION ALL ')}) AS found`;
    const [row = {}] = yield { text, values: { ...values, limit: maxCounted } };
    const count = Math.min(numberIn(row, 'count'), maxCounted);
    if (count < rarest.count) rarest = { source, count };
  }
  return rarest.source;
}

/** Queries for the newest sequences of each place that meet the conditions. */
function placesOf(
  { places }: ListSource,
  range: SequenceRange,
  { select }: ListDialect,
  conditions: readonly string[] = [],
): string[] {
  return places.map((place, index) => {
    const selected = select(place, range, checkOf(place, conditions));
    return `SELECT sequence FROM (${selected}) AS place${index}`;
  });
}

/** The remaining conditions, on a row of the place's table: a text that begins with `AND`, or an empty text. */
function checkOf({ table }: IndexPlace, conditions: readonly string[]): string {
  if (conditions.length === 0) return '';
  if (table === 'callbacks') return `AND ${conditions.join(' AND ')}`;
  return `AND EXISTS (
    SELECT 1 FROM callbacks WHERE ${['sequence = callback_sequence', ...conditions].join(' AND ')} LIMIT 1 OFFSET 0)`;
}

/** Counts the callbacks of the hour of a time by their verdict. */
export const arrivalsInHour = ({ hour, hourOf }: ListDialect): string =>
  `SELECT verdict, count(*) AS count FROM callbacks WHERE ${hour} = ${hourOf('$time')} GROUP BY verdict`;
