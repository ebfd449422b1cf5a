import { useMemo } from 'preact/hooks';
import { dataOf } from '../control/data-of.ts';
import type { JournalEntry } from '../control/schemas.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { Panes } from '../parts/panes.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useShortcuts } from '../session/shortcuts.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';
import { CoverageMeter } from './coverage-meter.tsx';
import { EntrySheet } from './entry-sheet.tsx';
import { JournalList } from './journal-list.tsx';
import { selectEntries } from './select-entries.ts';

/** The newest requests, status changes and callbacks beside the selected one. */
export function JournalView() {
  const { control } = useSandbox();
  const entries = useLive('journal', () =>
    dataOf(control.GET('/journal', { params: { query: { limit: 1000 } } })),
  );
  return <WhenLoaded live={entries}>{(loaded) => <Journal entries={loaded} />}</WhenLoaded>;
}

function Journal({ entries }: { readonly entries: readonly JournalEntry[] }) {
  const { route, navigate, hrefTo } = useRouter();
  const shown = useMemo(() => selectEntries(entries, route.filters), [entries, route.filters]);
  const at = shown.findIndex(({ id }) => `${id}` === route.id);
  const selected = entries.find(({ id }) => `${id}` === route.id);
  const select = (offset: number) => {
    const next = shown[at < 0 ? 0 : at + offset];
    if (next) navigate({ id: `${next.id}` }, { replace: true });
  };
  useShortcuts({ next: () => select(1), previous: () => select(-1) });
  return (
    <Panes
      listLabel="Journal"
      list={<JournalList entries={entries} shown={shown} at={at} onMove={select} />}
      sheetLabel="Entry"
      sheet={
        selected ? (
          <EntrySheet key={selected.id} entry={selected} />
        ) : (
          route.id && (
            <EmptyState title="There is no such entry.">
              <p>The journal keeps the newest entries only.</p>
              <a class="button" href={hrefTo({ id: undefined })}>
                Back to the journal
              </a>
            </EmptyState>
          )
        )
      }
      placeholder={<CoverageMeter />}
    />
  );
}
