import { useMemo } from 'preact/hooks';
import type { MerchantSummary } from '../control/schemas.ts';
import { StatusChip } from '../parts/chip.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ListRow } from '../parts/list-row.tsx';
import { referenceOf } from '../parts/reference-of.ts';
import { SampleCaseForm } from '../parts/sample-case-form.tsx';
import { Ago } from '../parts/time.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { useRouter } from '../session/use-route.ts';
import { QueueFilters } from './queue-filters.tsx';
import { countByStatus } from './queue-order.ts';

interface QueueProps {
  readonly cases: readonly MerchantSummary[];
  /** Whether all cases are loaded. */
  readonly isComplete: boolean;
  /** The cases that the filters select, in order. */
  readonly queue: readonly MerchantSummary[];
  readonly selected: MerchantSummary | undefined;
  readonly marks: ReadonlySet<string>;
  readonly toggleMark: (id: string) => void;
  readonly onMove: (offset: 1 | -1) => void;
}

export function Queue({ cases, isComplete, queue, selected, marks, toggleMark, onMove }: QueueProps) {
  const counts = useMemo(() => countByStatus(cases), [cases]);
  const at = selected ? queue.findIndex(({ id }) => id === selected.id) : -1;
  if (cases.length === 0) return isComplete ? <NoCases /> : <p class="loading">Loading…</p>;
  return (
    <>
      <QueueFilters counts={counts} total={isComplete ? cases.length : undefined} queue={queue} />
      {queue.length === 0 ? (
        isComplete && <NoMatch />
      ) : (
        <VirtualList label="Cases" items={queue} keyOf={({ id }) => id} selected={at} onMove={onMove}>
          {(merchant, index) => (
            <QueueRow
              merchant={merchant}
              isSelected={index === at}
              isTabStop={index === Math.max(0, at)}
              isMarked={marks.has(merchant.id)}
              toggleMark={toggleMark}
            />
          )}
        </VirtualList>
      )}
    </>
  );
}

interface QueueRowProps {
  readonly merchant: MerchantSummary;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly isMarked: boolean;
  readonly toggleMark: (id: string) => void;
}

function QueueRow({ merchant, isSelected, isTabStop, isMarked, toggleMark }: QueueRowProps) {
  const { id, status, createdAt, submittedAt } = merchant;
  const reference = referenceOf(merchant);
  const mark = (
    <label class="mark">
      <input
        type="checkbox"
        aria-label={`Mark ${reference}`}
        tabIndex={isTabStop ? 0 : -1}
        checked={isMarked}
        onChange={() => toggleMark(id)}
      />
    </label>
  );
  return (
    <ListRow id={id} isSelected={isSelected} isTabStop={isTabStop} mark={mark}>
      <span class="reference" title={reference}>
        {reference}
      </span>
      <span class="row-facts">
        <StatusChip status={status} />
        <span class="quiet">
          {submittedAt === undefined ? 'created' : 'submitted'} <Ago at={submittedAt ?? createdAt} />
        </span>
      </span>
    </ListRow>
  );
}

function NoCases() {
  return (
    <EmptyState title="No cases yet.">
      <p>A case appears here when a partner creates a merchant with the API. Or create a sample case:</p>
      <SampleCaseForm />
    </EmptyState>
  );
}

function NoMatch() {
  const { navigate } = useRouter();
  return (
    <EmptyState title="No case matches.">
      <button type="button" onClick={() => navigate({ filters: {} })}>
        Show all cases
      </button>
    </EmptyState>
  );
}
