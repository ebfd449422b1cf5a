import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SandboxControl, ServerControl } from '../../src/control-client.ts';

/** The sandbox that the page shows, and its state as of the newest heartbeat. */
export interface SandboxSession {
  readonly control: SandboxControl;
  readonly server: ServerControl;
  readonly sandboxId: string;
  readonly controlToken: string;
  /** The time of the sandbox, in epoch milliseconds. */
  readonly now: number;
  readonly nextDueAt: number | undefined;
  /** Increases with everything that happens in the sandbox. */
  readonly changes: number;
  /** Whether the newest heartbeat found the sandbox. */
  readonly isReachable: boolean;
  /** Reloads what the page shows, now. */
  readonly refresh: () => void;
  /** Shows an error to the person, or asks for the control token if it became invalid. */
  readonly report: (error: unknown) => void;
}

const SandboxContext = createContext<SandboxSession | undefined>(undefined);

export const SandboxProvider = SandboxContext.Provider;

export function useSandbox(): SandboxSession {
  const session = useContext(SandboxContext);
  if (!session) throw new Error('There is no sandbox above this component.');
  return session;
}
