import { useEffect, useRef, useState } from 'preact/hooks';
import type { SandboxControl } from '../../src/control-client.ts';
import { ControlError, dataOf, isInvalidToken } from '../control/data-of.ts';

const intervalMs = 1000;

/** What the newest heartbeat found. `vanished`: the server runs, but the sandbox does not exist. */
export interface Heartbeat {
  readonly connection: 'opening' | 'open' | 'lost' | 'vanished' | 'signed-out';
  readonly now: number;
  readonly nextDueAt?: number | undefined;
  readonly changes: number;
}

const opening: Heartbeat = { connection: 'opening', now: 0, changes: 0 };

/** Asks the sandbox for its time every second while the page is visible. A change of `urge` asks at once. */
export function useHeartbeat(control: SandboxControl, urge: number): Heartbeat {
  const [heartbeat, setHeartbeat] = useState<Heartbeat>(opening);
  const asked = useRef(control);
  if (asked.current !== control) {
    asked.current = control;
    setHeartbeat(opening);
  }
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      clearTimeout(timer);
      const found = document.hidden ? undefined : await ask(control);
      if (isOver) return;
      if (found) setHeartbeat((before) => ({ ...before, ...found }));
      timer = setTimeout(beat, intervalMs);
    };
    const wake = () => void (document.hidden || beat());
    document.addEventListener('visibilitychange', wake);
    void beat();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [control, urge]);
  return heartbeat;
}

async function ask(control: SandboxControl): Promise<Partial<Heartbeat>> {
  try {
    return { connection: 'open', ...(await dataOf(control.GET('/clock'))) };
  } catch (error) {
    if (isInvalidToken(error)) return { connection: 'signed-out' };
    const isGone = error instanceof ControlError && error.status === 404;
    return { connection: isGone ? 'vanished' : 'lost' };
  }
}
