import type { JournalEntry } from '../control/schemas.ts';

/** The filters of the journal by response. */
export const responseFilters: { readonly [name: string]: (status: number) => boolean } = {
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
  const matchesResponse = response === undefined || response === '' ? undefined : responseFilters[response];
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
