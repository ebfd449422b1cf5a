import { callbacksView } from './callbacks-view.ts';
import { casesView } from './cases-view.ts';
import type { SandboxControl } from './connection.ts';
import { faultsView } from './faults-view.ts';
import { journalView } from './journal-view.ts';

/** What a view may do with the page. */
export interface Desk {
  readonly control: SandboxControl;
  /** Does something that was asked for, says how it went, and looks again at once. */
  readonly act: (said: string, what: () => Promise<unknown>) => Promise<void>;
  readonly goTo: (view: ViewName, merchantId?: string) => void;
}

/** One of the page's views. It is made once, and looks at the sandbox again whenever it is asked to. */
export interface View {
  readonly place: HTMLElement;
  readonly look: () => Promise<void>;
  /** Turns to one merchant. */
  readonly turnTo?: (merchantId: string) => void;
}

export type ViewName = 'Cases' | 'Callbacks' | 'Faults' | 'Journal';

/** How each view is made, in the order in which they are offered. */
export const views: { readonly [Name in ViewName]: (desk: Desk) => View } = {
  Cases: casesView,
  Callbacks: callbacksView,
  Faults: faultsView,
  Journal: journalView,
};
