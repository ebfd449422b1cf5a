import { useEffect, useRef, useState } from 'preact/hooks';
import { isOutage } from '../control/connect.ts';
import { ControlError, dataOf, isInvalidToken } from '../control/data-of.ts';
import type { MerchantSummary, Schemas } from '../control/schemas.ts';
import { countWords } from '../parts/count-words.ts';
import { referenceOf } from '../parts/reference-of.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { showToast } from '../session/toasts.ts';
import { useRouter } from '../session/use-route.ts';
import { type DecisionKind, decisions } from './decisions.ts';

type Texts = Pick<Schemas['Decision'], 'reason' | 'instructions'>;

/** @param movesOn - Whether to lead to the next case. */
export type OnDecided = (decided: ReadonlySet<string>, movesOn: boolean) => void;

/** What a run of decisions has reached. */
interface Outcome {
  readonly decided: ReadonlySet<string>;
  /** Why the first refused case was refused. */
  readonly refused?: string | undefined;
  /** Why the run ended before its last case. */
  readonly failure?: unknown;
  readonly wasStopped: boolean;
}

/**
 * Makes a decision about one case after the other. A case whose decision is refused stays as before.
 *
 * @param hold - Called with `true` before the first decision, and with `false` after the last.
 */
export function useDecision(kind: DecisionKind, hold: (isHeld: boolean) => void, onDecided: OnDecided) {
  const { control, refresh, report, isReachable } = useSandbox();
  const { navigate } = useRouter();
  const [progress, setProgress] = useState(0);
  const [refusal, setRefusal] = useState<string>();
  const [isOut, setIsOut] = useState(false);
  const isRunning = useRef(false);
  const isStopped = useRef(false);
  const stop = () => {
    isStopped.current = true;
  };
  useEffect(() => stop, []);
  useEffect(() => {
    if (isReachable) setIsOut(false);
  }, [isReachable]);

  async function run(cases: readonly MerchantSummary[], texts: Texts): Promise<void> {
    if (isRunning.current) return; // A second Enter must not decide twice.
    isRunning.current = true;
    setIsOut(false);
    hold(true);
    const outcome = await decideAll(cases, texts);
    hold(false);
    isRunning.current = false;
    setProgress(0);
    refresh();
    settle(cases, outcome);
  }

  async function decideAll(cases: readonly MerchantSummary[], texts: Texts): Promise<Outcome> {
    const decided = new Set<string>();
    let refused: string | undefined;
    for (const [index, { id, revision }] of cases.entries()) {
      if (isStopped.current) return { decided, refused, wasStopped: true };
      setProgress(index + 1);
      const params = { path: { merchantId: id } };
      const body = { decision: kind, revision, ...texts };
      try {
        await dataOf(control.POST('/merchants/{merchantId}/decision', { params, body }));
        decided.add(id);
      } catch (failure) {
        if (!(failure instanceof ControlError) || isInvalidToken(failure))
          return { decided, refused, failure, wasStopped: false };
        refused ??= failure.message;
      }
    }
    return { decided, refused, wasStopped: false };
  }

  function settle(cases: readonly MerchantSummary[], outcome: Outcome): void {
    const { decided, refused, failure } = outcome;
    const staysOpen = decided.size === 0 && !isStopped.current;
    if (staysOpen && isOutage(failure)) setIsOut(true);
    else if (staysOpen && failure === undefined) setRefusal(refused);
    else {
      if (failure !== undefined) report(failure);
      announce(cases, outcome);
      onDecided(decided, failure === undefined && !isStopped.current);
    }
  }

  function announce(
    cases: readonly MerchantSummary[],
    { decided, refused, failure, wasStopped }: Outcome,
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
      const run = () => navigate({ id: only?.id }, { focus: true });
      showToast({ kind: 'done', text, offer: single && { label: 'Show the case', run } });
    }
  }

  return { run, stop, progress, refusal, isOut };
}
