import type { SandboxControl } from '../../src/control-client.ts';

export interface PageContext {
  readonly control: SandboxControl;
  /** Runs `action`, then shows `message` or the error in the status line, and refreshes the page. */
  readonly act: (message: string, action: () => Promise<unknown>) => Promise<void>;
  readonly goTo: (view: ViewName, merchantId?: string) => void;
}

/** A view of the page. The page creates each view once and refreshes the view that is visible. */
export interface View {
  readonly root: HTMLElement;
  /** Shows the present state of the sandbox. */
  readonly refresh: () => Promise<void>;
  readonly select?: (merchantId: string) => void;
}

/** The views, in the order of their buttons. */
export const viewNames = ['Cases', 'Callbacks', 'Faults', 'Journal'] as const;

export type ViewName = (typeof viewNames)[number];
