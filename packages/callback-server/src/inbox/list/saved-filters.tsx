import type { SavedFilter } from '../../store/saved-filters.ts';
import type { Visitor } from '../access/visitor.ts';
import { CsrfField } from '../frame/csrf-field.tsx';

interface SavedFiltersProps {
  readonly visitor: Visitor;
  readonly filters: readonly SavedFilter[];
  /** The query of the list that can be saved; empty for the list of all callbacks. */
  readonly query: string;
  /** Why the filter was not saved. */
  readonly problem: string | undefined;
}

/** The visitor's own filters. */
export function SavedFilters({ visitor, filters, query, problem }: SavedFiltersProps) {
  return (
    <details id="saved-filters" class="sheet" open={problem !== undefined}>
      <summary>Saved filters ({filters.length})</summary>
      <ul class="plain">
        {filters.map(({ name, query: saved }) => (
          <li class="buttons">
            <a href={`/inbox/callbacks?${saved}`}>{name}</a>
            <form method="post" action="/inbox/filters/remove">
              <CsrfField visitor={visitor} />
              <input type="hidden" name="name" value={name} />
              <button type="submit" class="small" aria-label={`Remove ${name}`}>
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
      {query === '' ? (
        <p class="quiet">Fill in fields and show the list. You can then save them under a name.</p>
      ) : (
        <form method="post" action="/inbox/filters" class="stack">
          <CsrfField visitor={visitor} />
          <input type="hidden" name="query" value={query} />
          <div class="field">
            <label for="filter-name">Name of this filter</label>
            <input
              id="filter-name"
              name="name"
              required
              maxlength={60}
              aria-describedby={problem && 'filter-problem'}
              aria-invalid={problem ? 'true' : undefined}
            />
          </div>
          {problem && (
            <p class="problem" id="filter-problem" role="alert">
              {problem}
            </p>
          )}
          <button type="submit">Save this filter</button>
        </form>
      )}
    </details>
  );
}
