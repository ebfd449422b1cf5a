import { useState } from 'preact/hooks';
import type { MerchantSummary } from '../control/schemas.ts';
import { showToast } from '../session/toasts.ts';
import { useRouter } from '../session/use-route.ts';
import { type DecisionKind, outcomeOf, refusalOf } from './decisions.ts';
import { nextPending } from './queue-order.ts';
import type { Selection } from './use-selection.ts';

/** A decision that the person has begun. */
interface OpenDecision {
  readonly kind: DecisionKind;
  readonly cases: readonly MerchantSummary[];
}

/** Begins with a decision about cases, and goes on to the next case when it is taken. */
export function useOpenDecision({ queue, marks, setMarks }: Selection) {
  const { navigate } = useRouter();
  const [open, setOpen] = useState<OpenDecision>();

  function decide(kind: DecisionKind, asked: readonly MerchantSummary[]): void {
    const [first] = asked;
    if (!first) return;
    if (asked.some((each) => outcomeOf(kind, each) !== undefined)) setOpen({ kind, cases: asked });
    else showToast({ kind: 'failed', text: refusalOf(kind, first) });
  }

  /** Leads to the next pending case, and keeps the marks of the cases that were not decided. */
  function finish(decided: ReadonlySet<string>, movesOn: boolean): void {
    setOpen(undefined);
    setMarks(new Set([...marks].filter((id) => !decided.has(id))));
    if (movesOn && decided.size > 0) navigate({ id: nextPending(queue, decided)?.id }, { focus: true });
  }

  return { open, decide, finish };
}
