import type { KeptCallback } from '../../callback/kept-callback.ts';
import { redeliveryQueryOf } from './all-that-match.ts';
import { CallbackTable } from './callback-table.tsx';
import { FilterForm } from './filter-form.tsx';
import { type ListQuery, queryOf } from './list-query.ts';

interface ListPageProps extends ListQuery {
  readonly callbacks: readonly KeptCallback[];
  /** Whether there are older callbacks that match. */
  readonly hasMore: boolean;
  readonly routes: readonly string[];
  readonly isOperator: boolean;
}

export function ListPage({ texts, problems, callbacks, hasMore, routes, isOperator }: ListPageProps) {
  const query = queryOf(texts);
  const last = callbacks.at(-1);
  return (
    <>
      <FilterForm texts={texts} problems={problems} routes={routes} />
      {callbacks.length === 0 ? (
        problems.length === 0 && <NoCallbacks isFiltered={query !== ''} />
      ) : (
        <form class="sheet" aria-label="Callbacks">
          <CallbackTable callbacks={callbacks} query={query} isSelectable={isOperator} />
          {isOperator && <BulkBar texts={texts} />}
        </form>
      )}
      <nav class="pager" aria-label="Pages">
        {texts.before && (
          <a class="button" href={`/inbox/callbacks?${queryOf(texts, { before: '' })}`}>
            Newest
          </a>
        )}
        {hasMore && last && (
          <a
            class="button"
            rel="next"
            id="older"
            href={`/inbox/callbacks?${queryOf(texts, { before: last.id })}`}
          >
            Older
          </a>
        )}
      </nav>
    </>
  );
}

/** What an operator can do with the selected callbacks, and with all that match. Both begin with a dry run. */
function BulkBar({ texts }: Pick<ListQuery, 'texts'>) {
  const redelivery = redeliveryQueryOf(texts);
  const { merchantId } = texts;
  return (
    <div class="buttons">
      <button type="submit" formaction="/inbox/redeliver" name="of" value="selected">
        Deliver the selected again…
      </button>
      <button type="submit" formaction="/inbox/release">
        Release the selected…
      </button>
      <button type="submit" formaction="/inbox/give-up" name="of" value="selected">
        Give the selected up…
      </button>
      {redelivery !== undefined && (
        <a class="button" href={`/inbox/redeliver?${redelivery}`}>
          Deliver all that match again…
        </a>
      )}
      {merchantId && texts.confirmation === 'quarantined' && (
        <a class="button" href={`/inbox/release?${new URLSearchParams({ merchantId })}`}>
          Release all of this merchant…
        </a>
      )}
    </div>
  );
}

function NoCallbacks({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <div class="sheet empty">
      <p class="empty-title">{isFiltered ? 'No callback matches.' : 'No callbacks yet.'}</p>
      <p class="quiet">
        {isFiltered
          ? 'Change the fields, or clear them.'
          : 'Register the URL of the receiver with the provider. Callbacks then appear here.'}
      </p>
    </div>
  );
}
