import type { MerchantSummary, Status } from '../control/schemas.ts';
import { statusLabels } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { SearchInput } from '../parts/search-input.tsx';
import { filterWords } from '../session/filter-words.ts';
import { useRouter } from '../session/use-route.ts';

interface QueueFiltersProps {
  readonly counts: ReadonlyMap<Status, number>;
  /** The number of all cases. `undefined` while they are loading. */
  readonly total: number | undefined;
  readonly queue: readonly MerchantSummary[];
}

export function QueueFilters({ counts, total, queue }: QueueFiltersProps) {
  const { route, navigate, filter } = useRouter();
  const { status = '', search = '' } = route.filters;
  const [first] = queue;
  return (
    <div class="filters">
      <SearchInput
        label="Search by reference or id"
        value={search}
        onSearch={(text) => filter({ search: text })}
        onEnter={() => first && navigate({ id: first.id }, { focus: true })}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <div class="pills" role="group" aria-label="Filter by status">
        {(['', ...filterWords.cases.status] as const).map((each) => (
          <button
            key={each}
            type="button"
            class="pill"
            aria-pressed={status === each}
            onClick={() => filter({ status: each })}
          >
            {each === '' ? 'All' : statusLabels[each]}{' '}
            {total !== undefined && (
              <span class="number">
                {(each === '' ? total : (counts.get(each) ?? 0)).toLocaleString('en')}
              </span>
            )}
          </button>
        ))}
      </div>
      <p class="quiet" aria-live="polite">
        {resultWords(queue.length, total)}
      </p>
    </div>
  );
}

function resultWords(shown: number, total: number | undefined): string {
  if (total === undefined) return 'Loading all cases…';
  if (shown === total) return countWords(total, 'case');
  return `${shown.toLocaleString('en')} of ${countWords(total, 'case')}`;
}
