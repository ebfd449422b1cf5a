import { useRef } from 'preact/hooks';
import { loadAll, maxPart } from '../../src/control/load-all.ts';
import { dataIn, dataOf } from '../control/data-of.ts';
import type { MerchantSummary } from '../control/schemas.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { type Live, useLive } from '../session/use-live.ts';

/** The cases of the sandbox, oldest first. */
export interface LoadedCases {
  readonly cases: readonly MerchantSummary[];
  /** Whether these are all cases, and not only the first of the queue. */
  readonly isComplete: boolean;
}

/**
 * Loads the top of the queue, and then all cases: five thousand cases must not delay the first row.
 *
 * @param isHeld - Whether the cases stay as they are. A decision about many cases would load all cases each second.
 */
export function useCases(isHeld: boolean): Live<LoadedCases> {
  const { control, changes } = useSandbox();
  const version = useRef(changes);
  if (!isHeld) version.current = changes;
  const loadedTop = useRef<Promise<unknown>>(undefined);
  const top = useLive(
    'top of the queue',
    async () => {
      const query = { status: 'pending', limit: 50 } as const;
      const loading = dataOf(control.GET('/merchants', { params: { query } }));
      loadedTop.current = loading;
      return { cases: await loading, isComplete: false };
    },
    'loads once, until all cases are there',
  );
  const loadCases = async () => {
    await loadedTop.current?.catch(() => {}); // `top` reports the problem.
    const cases = await loadAll(
      (after) => control.GET('/merchants', { params: { query: { limit: maxPart, ...after } } }),
      dataIn,
    );
    return { cases, isComplete: true };
  };
  const all = useLive('cases', loadCases, version.current);
  return all.data || all.problem ? all : top;
}
