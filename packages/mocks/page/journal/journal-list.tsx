import type { JournalEntry } from '../control/schemas.ts';
import { ResponseChip, StatusChip } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { FilterSelect } from '../parts/filter-select.tsx';
import { ListRow } from '../parts/list-row.tsx';
import { SearchInput } from '../parts/search-input.tsx';
import { Ago } from '../parts/time.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { filterWords } from '../session/filter-words.ts';
import { useRouter } from '../session/use-route.ts';

interface JournalListProps {
  readonly entries: readonly JournalEntry[];
  readonly shown: readonly JournalEntry[];
  /** The index of the selected entry in `shown`, or -1. */
  readonly at: number;
  readonly onMove: (offset: 1 | -1) => void;
}

export function JournalList({ entries, shown, at, onMove }: JournalListProps) {
  if (entries.length === 0)
    return (
      <EmptyState title="Nothing has happened yet.">
        <p>Send a request to the provider’s API. The address is in the view Sandbox.</p>
      </EmptyState>
    );
  return (
    <>
      <JournalFilters shown={shown} />
      {shown.length === 0 ? (
        <NoMatch />
      ) : (
        <VirtualList label="Entries" items={shown} keyOf={({ id }) => `${id}`} selected={at} onMove={onMove}>
          {(entry, index) => (
            <ListRow id={`${entry.id}`} isSelected={index === at} isTabStop={index === Math.max(0, at)}>
              <span class="reference">
                <code>{subjectOf(entry)}</code>
              </span>
              <span class="row-facts">
                <Outcome entry={entry} />
                <span class="quiet">{entry.signzyAppId}</span>
                <span class="quiet">
                  <Ago at={entry.at} />
                </span>
              </span>
            </ListRow>
          )}
        </VirtualList>
      )}
    </>
  );
}

function Outcome({ entry: { kind, to, status } }: { readonly entry: JournalEntry }) {
  if (kind === 'move') return to ? <StatusChip status={to} /> : null;
  return <ResponseChip status={status ?? 0} />;
}

/** What an entry is about: a method and a path, a callback, or who moved the case. */
export function subjectOf({ kind, method, path, event, from, to, by }: JournalEntry): string {
  if (kind === 'move') return `${from} → ${to} by ${by}`;
  return kind === 'callback' ? `POST the ${event} callback` : `${method} ${path}`;
}

function NoMatch() {
  const { navigate } = useRouter();
  return (
    <EmptyState title="No entry matches.">
      <button type="button" onClick={() => navigate({ filters: {} })}>
        Show all entries
      </button>
    </EmptyState>
  );
}

function JournalFilters({ shown }: Pick<JournalListProps, 'shown'>) {
  const { route, navigate, filter } = useRouter();
  const { filters } = route;
  const [first] = shown;
  const { kind, response, fidelity } = filterWords.journal;
  const selects = [
    ['Kind', 'kind', kind],
    ['Response', 'response', response],
    ['Fidelity', 'fidelity', fidelity],
  ] as const;
  return (
    <div class="filters">
      <SearchInput
        label="Search by path, operation, case or fault"
        value={filters['search'] ?? ''}
        onSearch={(search) => filter({ search })}
        onEnter={() => first && navigate({ id: `${first.id}` }, { focus: true })}
      />
      <div class="filter-row">
        {selects.map(([label, name, options]) => (
          <FilterSelect
            key={name}
            label={label}
            value={filters[name] ?? ''}
            options={options}
            onSelect={(value) => filter({ [name]: value })}
          />
        ))}
      </div>
      <div class="filter-row">
        <p class="quiet" aria-live="polite">
          {countWords(shown.length, 'entry').replace(/entrys$/, 'entries')}
        </p>
        {filters['merchant'] && (
          <button type="button" class="small" onClick={() => filter({ merchant: '' })}>
            Only one case: show all
          </button>
        )}
      </div>
    </div>
  );
}
