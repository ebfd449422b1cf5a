import type { JournalEntry } from '../control/schemas.ts';
import { responseWords } from '../session/filter-words.ts';

/** The filters of the journal by response. */
const responseFilters: { readonly [Word in (typeof responseWords)[number]]: (status: number) => boolean } = {
  success: (status) => status >= 200 && status < 300,
  'client error': (status) => status >= 400 && status < 500,
  'server error': (status) => status >= 500,
  'no response': (status) => status === 0,
};

/** Returns the entries that the filters select, newest first. */
export function selectEntries(
  entries: readonly JournalEntry[],
  { kind, response, fidelity, merchant, search = '' }: { readonly [name: string]: string },
): readonly JournalEntry[] {
  const wanted = search.trim().toLowerCase();
  const word = responseWords.find((each) => each === response);
  const matchesResponse = word && responseFilters[word];
  return entries
    .filter(
      (entry) =>
        (!kind || entry.kind === kind) &&
        (!fidelity || entry.fidelity === fidelity) &&
        (!merchant || entry.merchantId === merchant) &&
        (!matchesResponse || (entry.kind !== 'move' && matchesResponse(entry.status ?? 0))) &&
        (wanted === '' || wordsOf(entry).includes(wanted)),
    )
    .reverse();
}

function wordsOf({
  method,
  path,
  operation,
  merchantId,
  signzyAppId,
  event,
  faults = [],
}: JournalEntry): string {
  return [method, path, operation, merchantId, signzyAppId, event, ...faults].join(' ').toLowerCase();
}
