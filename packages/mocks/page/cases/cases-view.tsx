import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MerchantSummary } from '../control/schemas.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { Panes } from '../parts/panes.tsx';
import { useShortcuts } from '../session/shortcuts.ts';
import { showToast } from '../session/toasts.ts';
import { useRouter } from '../session/use-route.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CaseSheet } from './case-sheet.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { type DecisionKind, outcomeOf, refusalOf } from './decisions.ts';
import { Queue } from './queue.tsx';
import { inQueueOrder, nextPending, selectCases } from './queue-order.ts';
import { type LoadedCases, useCases } from './use-cases.ts';

/** A decision that the person has begun. */
interface OpenDecision {
  readonly kind: DecisionKind;
  readonly cases: readonly MerchantSummary[];
}

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
  const { route, navigate, hrefTo } = useRouter();
  const ordered = useMemo(() => inQueueOrder(cases), [cases]);
  const queue = useMemo(() => selectCases(ordered, route.filters), [ordered, route.filters]);
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<OpenDecision>();
  const selected = cases.find(({ id, signzyAppId }) => id === route.id || signzyAppId === route.id);
  const marked = queue.filter(({ id }) => marks.has(id));
  const bulkBar = useRef<HTMLDivElement>(null);
  useEffect(() => setMarks(new Set(marked.map(({ id }) => id))), [route.filters]);

  function decide(kind: DecisionKind, asked: readonly MerchantSummary[]): void {
    const [first] = asked;
    if (!first) return;
    if (asked.some((each) => outcomeOf(kind, each) !== undefined)) setOpen({ kind, cases: asked });
    else showToast({ kind: 'failed', text: refusalOf(kind, first) });
  }

  /** A key is about the marked cases only if the person sees the marks: a narrow window shows the list or a case. */
  function decideByKey(kind: DecisionKind): void {
    const areMarksShown = marked.length > 0 && bulkBar.current?.checkVisibility() === true;
    decide(kind, areMarksShown || !selected ? marked : [selected]);
  }

  function toggleMark(id: string): void {
    const next = new Set(marks);
    if (!next.delete(id)) next.add(id);
    setMarks(next);
  }

  /** Leads to the next pending case, and keeps the marks of the cases that were not decided. */
  function finish(decided: ReadonlySet<string>, movesOn: boolean): void {
    setOpen(undefined);
    setMarks(new Set([...marks].filter((id) => !decided.has(id))));
    if (movesOn && decided.size > 0) navigate({ id: nextPending(queue, decided)?.id }, { focus: true });
  }

  function select(offset: number): void {
    const at = queue.findIndex(({ id }) => id === selected?.id);
    const next = queue[at < 0 ? 0 : at + offset];
    if (next) navigate({ id: next.id }, { replace: true });
  }

  useShortcuts({
    next: () => select(1),
    previous: () => select(-1),
    accept: () => decideByKey('accept'),
    reject: () => decideByKey('reject'),
    askForMore: () => decideByKey('draft'),
    reverse: () => decideByKey('reverse'),
    mark: () => selected && toggleMark(selected.id),
  });

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
