import { dataOf } from '../control/data-of.ts';
import type { Callback } from '../control/schemas.ts';
import { deliveryTones, eventTones } from '../parts/callback-link.tsx';
import { Chip } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { FilterSelect } from '../parts/filter-select.tsx';
import { ListRow } from '../parts/list-row.tsx';
import { SearchInput } from '../parts/search-input.tsx';
import { Ago } from '../parts/time.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { filterWords } from '../session/filter-words.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { useRouter } from '../session/use-route.ts';
import { referenceOf } from './reference-of.ts';

interface CallbackListProps {
  readonly callbacks: readonly Callback[];
  readonly shown: readonly Callback[];
  /** The index of the selected callback in `shown`, or -1. */
  readonly at: number;
  readonly onMove: (offset: 1 | -1) => void;
}

export function CallbackList({ callbacks, shown, at, onMove }: CallbackListProps) {
  if (callbacks.length === 0)
    return (
      <EmptyState title="No callbacks yet.">
        <p>
          The sandbox posts a callback when a case gets a status for which its partner has registered a URL
          with registerCallbacks.
        </p>
      </EmptyState>
    );
  return (
    <>
      <CallbackFilters callbacks={callbacks} shown={shown} />
      {shown.length === 0 ? (
        <EmptyState title="No callback matches." />
      ) : (
        <VirtualList label="Callbacks" items={shown} keyOf={({ id }) => id} selected={at} onMove={onMove}>
          {(callback, index) => (
            <ListRow id={callback.id} isSelected={index === at} isTabStop={index === Math.max(0, at)}>
              <span class="reference" title={referenceOf(callback)}>
                {referenceOf(callback)}
              </span>
              <span class="row-facts">
                <Chip tone={eventTones[callback.event]}>{callback.event}</Chip>
                <Chip tone={deliveryTones[callback.status]}>{callback.status}</Chip>
                <LastAttempt callback={callback} />
              </span>
            </ListRow>
          )}
        </VirtualList>
      )}
    </>
  );
}

function LastAttempt({ callback: { attempts, dueAt } }: { readonly callback: Callback }) {
  const at = attempts.at(-1)?.at ?? dueAt;
  return <span class="quiet">{at === undefined ? 'not posted' : <Ago at={at} />}</span>;
}

function CallbackFilters({ callbacks, shown }: Pick<CallbackListProps, 'callbacks' | 'shown'>) {
  const { control } = useSandbox();
  const { route, navigate, filter } = useRouter();
  const act = useAct();
  const [first] = shown;
  const waiting = callbacks.filter(({ status }) => status === 'waiting').length;
  const post = () =>
    act('Posted all due callbacks.', () => dataOf(control.POST('/callbacks/drain', { body: {} })));
  return (
    <div class="filters">
      <SearchInput
        label="Search by reference or merchant"
        value={route.filters['search'] ?? ''}
        onSearch={(search) => filter({ search })}
        onEnter={() => first && navigate({ id: first.id }, { focus: true })}
      />
      <div class="filter-row">
        <FilterSelect
          label="Event"
          value={route.filters['event'] ?? ''}
          options={filterWords.callbacks.event}
          onSelect={(event) => filter({ event })}
        />
        <FilterSelect
          label="Delivery"
          value={route.filters['delivery'] ?? ''}
          options={filterWords.callbacks.delivery}
          onSelect={(delivery) => filter({ delivery })}
        />
      </div>
      <div class="filter-row">
        <p class="quiet" aria-live="polite">
          {countWords(shown.length, 'callback')}, {waiting.toLocaleString('en')} waiting
        </p>
        <button type="button" class="small" onClick={post}>
          Post due callbacks
        </button>
      </div>
    </div>
  );
}
