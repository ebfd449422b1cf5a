import { useEffect, useMemo, useState } from 'preact/hooks';
import type { MerchantSummary } from '../control/schemas.ts';
import { useRouter } from '../session/use-route.ts';
import { inQueueOrder, selectCases } from './queue-order.ts';

export type Selection = ReturnType<typeof useSelection>;

/** The queue that the filters leave, the case that the address names, and the cases that the person has marked. */
export function useSelection(cases: readonly MerchantSummary[]) {
  const { route, navigate } = useRouter();
  const ordered = useMemo(() => inQueueOrder(cases), [cases]);
  const queue = useMemo(() => selectCases(ordered, route.filters), [ordered, route.filters]);
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set());
  const selected = cases.find(({ id, signzyAppId }) => id === route.id || signzyAppId === route.id);
  const marked = queue.filter(({ id }) => marks.has(id));
  useEffect(() => setMarks(new Set(marked.map(({ id }) => id))), [route.filters]);

  function toggleMark(id: string): void {
    const next = new Set(marks);
    if (!next.delete(id)) next.add(id);
    setMarks(next);
  }

  /** Selects the case that is so many places after the selected case. */
  function select(offset: number): void {
    const at = queue.findIndex(({ id }) => id === selected?.id);
    const next = queue[at < 0 ? 0 : at + offset];
    if (next) navigate({ id: next.id }, { replace: true });
  }

  return { queue, selected, select, marks, marked, setMarks, toggleMark };
}
