import type { MerchantSummary } from '../control/schemas.ts';
import { countWords } from '../parts/count-words.ts';
import { referenceOf } from '../parts/reference-of.ts';
import { showToast } from '../session/toasts.ts';
import { type DecisionKind, decisions } from './decisions.ts';

/** What a run of decisions has reached. */
export interface RunOutcome {
  readonly decided: ReadonlySet<string>;
  /** Why the first refused case was refused. */
  readonly refused?: string | undefined;
  /** Why the run ended before its last case. */
  readonly failure?: unknown;
  readonly wasStopped: boolean;
}

/** Shows a toast that says how a run of decisions ended. */
export function announceDecisions(
  kind: DecisionKind,
  cases: readonly MerchantSummary[],
  { decided, refused, failure, wasStopped }: RunOutcome,
  showFirst: () => void,
): void {
  const [only] = cases;
  const single = cases.length === 1 ? only : undefined;
  const done = single ? referenceOf(single) : countWords(decided.size, 'case');
  const text = `${decisions[kind].done}: ${done}.`;
  const left = countWords(cases.length - decided.size, 'case');
  if (failure !== undefined) {
    if (decided.size > 0) showToast({ kind: 'failed', text: `${text} The result is unknown for ${left}.` });
  } else if (wasStopped) {
    showToast({ kind: 'done', text: `${text} You stopped: ${left} stayed as before.` });
  } else if (refused !== undefined) {
    const kept = decided.size > 0 ? text : 'Nothing was decided.';
    showToast({ kind: 'failed', text: `${kept} ${left} stayed as before. ${refused}` });
  } else {
    showToast({ kind: 'done', text, offer: single && { label: 'Show the case', run: showFirst } });
  }
}
