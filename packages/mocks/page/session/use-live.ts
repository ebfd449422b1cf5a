import { useEffect, useRef, useState } from 'preact/hooks';
import { isInvalidToken } from '../control/data-of.ts';
import { useSandbox } from './sandbox-session.ts';

export interface Live<Data> {
  /** `undefined` while the data is loading for the first time. */
  readonly data: Data | undefined;
  /** Why the newest attempt to load the data failed. */
  readonly problem: string | undefined;
  /** Loads the data again, now. */
  readonly reload: () => void;
}

interface Loaded<Data> {
  readonly key: string;
  readonly data?: Data | undefined;
  readonly problem?: string;
}

/**
 * Loads data, and loads it again whenever something happens in the sandbox. The data of one key is never shown for another
 * key.
 *
 * @param version - A change of this value loads the data again. By default, the value changes with everything that happens.
 */
export function useLive<Data>(key: string, load: () => Promise<Data>, version?: unknown): Live<Data> {
  const { sandboxId, changes, report } = useSandbox();
  const [loaded, setLoaded] = useState<Loaded<Data>>();
  const [attempts, setAttempts] = useState(0);
  const fullKey = `${sandboxId} ${key}`;
  const latest = useRef({ fullKey, load });
  latest.current = { fullKey, load };
  const order = useRef({ asked: 0, shown: 0 });

  useEffect(() => {
    const turn = ++order.current.asked;
    // A slow response is shown even if a newer request is on its way, but never after a newer response.
    const isWelcome = () => turn > order.current.shown && fullKey === latest.current.fullKey;
    const show = (next: (before: Loaded<Data> | undefined) => Loaded<Data>) => {
      if (!isWelcome()) return;
      order.current.shown = turn;
      setLoaded((before) => next(before?.key === fullKey ? before : undefined));
    };
    latest.current.load().then(
      (data) => show(() => ({ key: fullKey, data })),
      (error: unknown) => {
        if (isInvalidToken(error)) return report(error);
        const problem = error instanceof Error ? error.message : 'The data could not be loaded.';
        show((before) => ({ key: fullKey, data: before?.data, problem }));
      },
    );
  }, [fullKey, version ?? changes, attempts]);

  const current = loaded?.key === fullKey ? loaded : undefined;
  const reload = () => setAttempts((count) => count + 1);
  return { data: current?.data, problem: current?.problem, reload };
}
