import { callbackEvents } from '../../callback/callback-event.ts';
import { verdicts } from '../../callback/verdict.ts';
import type { RowFilter } from './records.ts';

/**
 * Where a list finds its callbacks: in one index, whose entries of equal words are in the order of the sequence. The other
 * conditions are checked for each callback that the index gives.
 */
export interface ListSource {
  /** Several, if several words are sought: each has its own place in the index. */
  readonly places: readonly IndexPlace[];
  /** What the index has checked already. */
  readonly checked: readonly ConditionName[];
}

/** The block of a sequence, as the index has it. */
export const block = 'sequence / 1024';

/** The blocks of a range of sequences. */
export const blocks = `(
      WITH RECURSIVE blocks (block) AS (
        SELECT (SELECT max(sequence) FROM callbacks WHERE sequence <= $upTo) / 1024
        UNION ALL
        SELECT block - 1 FROM blocks WHERE block > CAST($after AS bigint) / 1024)
      SELECT block FROM blocks) AS blocks`;

/** Where a list finds its callbacks if no index finds them. */
export const wholeTable: ListSource = { places: [{ table: 'callbacks', words: [] }], checked: [] };

/** The entries of an index that have the same words. */
export interface IndexPlace {
  readonly table: 'callbacks' | 'deliveries' | 'confirmations';
  /** Missing for the table's own order. */
  readonly index?: string;
  /** The condition of a partial index. */
  readonly partial?: string;
  /** Whether each block of sequences has such a place. */
  readonly isInBlocks?: boolean;
  /** The columns of the index, each with the parameter that it equals. */
  readonly words: readonly { readonly column: string; readonly parameter: string }[];
}

type Values = Readonly<Record<string, string | Uint8Array>>;

/** Keeps a condition out of the choice of an index: no engine uses an index for this condition. */
const residual = (condition: string) => `(${condition}) IS TRUE`;

/** A condition on rows of another table, checked by its key: `LIMIT 1 OFFSET 0` keeps it from becoming a join. */
const exists = (table: string, condition: string) =>
  `EXISTS (SELECT 1 FROM ${table} WHERE ${condition} LIMIT 1 OFFSET 0)`;

type ConditionName = keyof ReturnType<typeof conditionsOf>;

/** The conditions of a filter on a row of `callbacks`; `undefined` for a condition that the filter does not have. */
function conditionsOf({ route, state, ...filter }: RowFilter) {
  const given = (value: unknown, condition: string) => (value === null ? undefined : condition);
  const ofRoute = route === null ? '' : 'AND route = $route';
  const delivery = (more: string) =>
    exists('deliveries', `callback_sequence = callbacks.sequence ${ofRoute} ${more}`);
  return {
    caseReference: given(filter.caseReference, residual('case_reference = $caseReference')),
    merchant: given(filter.merchant, residual('merchant = $merchant')),
    event: given(filter.event, residual('event = $event')),
    verdict: given(filter.verdict, residual('verdict = $verdict')),
    receivedFrom: given(filter.receivedFrom, residual('received_at >= $receivedFrom')),
    receivedUntil: given(filter.receivedUntil, residual('received_at < $receivedUntil')),
    confirmation: given(
      filter.confirmation,
      exists('confirmations', 'callback_sequence = callbacks.sequence AND state = $confirmation'),
    ),
    delivery: given(state, state === 'missing' ? `NOT ${delivery('')}` : delivery('AND state = $state')),
  };
}

/** The conditions of a filter that a source has not checked, on a row of `callbacks`. */
export function remainingConditions(filter: RowFilter, { checked }: ListSource): string[] {
  return Object.entries(conditionsOf(filter))
    .filter(([name]) => !checked.some((each) => each === name))
    .flatMap(([, condition]) => condition ?? []);
}

/**
 * The indexes that find the callbacks of a filter. An index that usually finds few callbacks comes first. The list is empty
 * if no index finds them.
 *
 * @param routes - Names of the routes that have deliveries of the sought state.
 * @returns The sources, and the values of their parameters.
 */
export function sourcesOf(
  filter: RowFilter,
  routes: readonly string[],
): { sources: readonly ListSource[]; values: Values } {
  const { caseReference, merchant, confirmation, event, verdict, state } = filter;
  const words = wordsOf(event, verdict);
  const sources: ListSource[] = [];
  const add = (checked: ConditionName, place: Omit<IndexPlace, 'words'>, column: string) =>
    sources.push({ places: [{ ...place, words: [{ column, parameter: checked }] }], checked: [checked] });
  if (caseReference !== null)
    add('caseReference', { ...inCallbacks('case'), isInBlocks: true }, 'case_reference');
  if (merchant !== null) add('merchant', inCallbacks('merchant'), 'merchant');
  if (state !== null && state !== 'missing') {
    const index = state === 'open' ? 'deliveries_oldest' : `deliveries_${state}`;
    const place = { table: 'deliveries', index, partial: `state = '${state}'` } as const;
    const places = routes.map((_, at) => ({
      ...place,
      words: [{ column: 'route', parameter: `route${at}` }],
    }));
    sources.push({ places, checked: ['delivery'] });
  }
  if (confirmation !== null)
    add('confirmation', { table: 'confirmations', index: 'confirmations_of_state' }, 'state');
  if (event !== null || verdict !== null)
    sources.push({ places: words.places, checked: ['event', 'verdict'] });
  return { sources, values: { ...numbered('route', routes), ...words.values } };
}

function inCallbacks(word: 'case' | 'merchant' | 'words') {
  return { table: 'callbacks', index: `callbacks_of_${word}` } as const;
}

/** One place for each pair of a verdict and an event. */
function wordsOf(event: string | null, verdict: string | null) {
  const soughtVerdicts = verdict === null ? verdicts : [verdict];
  const soughtEvents = event === null ? [...callbackEvents, 'unknown'] : [event];
  const places = soughtVerdicts.flatMap((_, one) =>
    soughtEvents.map(
      (__, other): IndexPlace => ({
        ...inCallbacks('words'),
        words: [
          { column: 'verdict', parameter: `verdict${one}` },
          { column: 'event', parameter: `event${other}` },
        ],
      }),
    ),
  );
  return { places, values: { ...numbered('verdict', soughtVerdicts), ...numbered('event', soughtEvents) } };
}

function numbered(name: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, index) => [`${name}${index}`, text]));
}
