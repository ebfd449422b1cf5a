import type { RefObject } from 'preact';
import type { MerchantSummary } from '../control/schemas.ts';
import { useShortcuts } from '../session/shortcuts.ts';
import type { DecisionKind } from './decisions.ts';
import type { Selection } from './use-selection.ts';

/** Binds the keys that select, mark and decide cases. */
export function useCaseShortcuts(
  { selected, select, marked, toggleMark }: Selection,
  decide: (kind: DecisionKind, cases: readonly MerchantSummary[]) => void,
  bulkBar: RefObject<HTMLElement | null>,
): void {
  /** A key is about the marked cases only if the person sees the marks: a narrow window shows the list or a case. */
  function decideByKey(kind: DecisionKind): void {
    const areMarksShown = marked.length > 0 && bulkBar.current?.checkVisibility() === true;
    decide(kind, areMarksShown || !selected ? marked : [selected]);
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
}
