import { useRef, useState } from 'preact/hooks';
import type { MerchantSummary } from '../control/schemas.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { Panes } from '../parts/panes.tsx';
import { useRouter } from '../session/use-route.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CaseSheet } from './case-sheet.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { Queue } from './queue.tsx';
import { useCaseShortcuts } from './use-case-shortcuts.ts';
import { type LoadedCases, useCases } from './use-cases.ts';
import { useOpenDecision } from './use-open-decision.ts';
import { useSelection } from './use-selection.ts';

/** The queue of cases beside the selected case. */
export function CasesView() {
  const [isHeld, hold] = useState(false);
  const live = useCases(isHeld);
  return <WhenLoaded live={live}>{(loaded) => <Cases loaded={loaded} hold={hold} />}</WhenLoaded>;
}

interface CasesProps {
  readonly loaded: LoadedCases;
  readonly hold: (isHeld: boolean) => void;
}

function Cases({ loaded, hold }: CasesProps) {
  const { cases, isComplete } = loaded;
  const { route, hrefTo } = useRouter();
  const selection = useSelection(cases);
  const { queue, selected, select, marks, marked, setMarks, toggleMark } = selection;
  const { open, decide, finish } = useOpenDecision(selection);
  const bulkBar = useRef<HTMLDivElement>(null);
  useCaseShortcuts(selection, decide, bulkBar);

  return (
    <>
      <Panes
        listLabel="Queue"
        list={
          <>
            <Queue
              cases={cases}
              isComplete={isComplete}
              queue={queue}
              selected={selected}
              marks={marks}
              toggleMark={toggleMark}
              onMove={select}
            />
            <BulkBar
              root={bulkBar}
              marked={marked}
              queue={queue}
              setMarks={setMarks}
              decide={(kind) => decide(kind, marked)}
            />
          </>
        }
        sheetLabel="Case"
        sheet={
          selected ? (
            <CaseSheet key={selected.id} merchant={selected} decide={(kind) => decide(kind, [selected])} />
          ) : (
            route.id && <NotFound isComplete={isComplete} backHref={hrefTo({ id: undefined })} />
          )
        }
        placeholder={<NothingSelected total={cases.length} pending={countPending(cases)} />}
      />
      {open && <DecisionDialog {...open} present={loaded} hold={hold} onClose={finish} />}
    </>
  );
}

function NotFound({ isComplete, backHref }: { readonly isComplete: boolean; readonly backHref: string }) {
  if (!isComplete) return <p class="loading">Loading…</p>;
  return (
    <EmptyState title="There is no such case.">
      <p>A reset or another scenario may have removed it.</p>
      <a class="button" href={backHref}>
        Back to the queue
      </a>
    </EmptyState>
  );
}

function NothingSelected({ total, pending }: { readonly total: number; readonly pending: number }) {
  if (total === 0) return null;
  if (pending === 0) return <EmptyState title="No case is pending." />;
  return (
    <EmptyState title="Select a case.">
      <p>
        Press <kbd>j</kbd> for the first case, and <kbd>?</kbd> for all shortcuts.
      </p>
    </EmptyState>
  );
}

function countPending(cases: readonly MerchantSummary[]): number {
  return cases.filter(({ status }) => status === 'pending').length;
}
