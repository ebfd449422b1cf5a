import { useEffect, useRef, useState } from 'preact/hooks';
import { isOutage } from '../control/connect.ts';
import { ControlError, dataOf, isInvalidToken } from '../control/data-of.ts';
import type { MerchantSummary, Schemas } from '../control/schemas.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { useRouter } from '../session/use-route.ts';
import { announceDecisions, type RunOutcome } from './announce-decisions.ts';
import type { DecisionKind } from './decisions.ts';

type Texts = Pick<Schemas['Decision'], 'reason' | 'instructions'>;

/** @param movesOn - Whether to lead to the next case. */
export type OnDecided = (decided: ReadonlySet<string>, movesOn: boolean) => void;

/**
 * Makes a decision about one case after the other. A case whose decision is refused stays as before.
 *
 * @param hold - Called with `true` before the first decision, and with `false` after the last.
 */
export function useDecision(kind: DecisionKind, hold: (isHeld: boolean) => void, onDecided: OnDecided) {
  const { control, refresh, report } = useSandbox();
  const { navigate } = useRouter();
  const [progress, setProgress] = useState(0);
  const [refusal, setRefusal] = useState<string>();
  const [isOut, setIsOut] = useOutage();
  const isRunning = useRef(false);
  const isStopped = useRef(false);
  const stop = () => {
    isStopped.current = true;
  };
  useEffect(() => stop, []);

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

  async function decideAll(cases: readonly MerchantSummary[], texts: Texts): Promise<RunOutcome> {
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

  function settle(cases: readonly MerchantSummary[], outcome: RunOutcome): void {
    const { decided, refused, failure } = outcome;
    const staysOpen = decided.size === 0 && !isStopped.current;
    if (staysOpen && isOutage(failure)) setIsOut(true);
    else if (staysOpen && failure === undefined) setRefusal(refused);
    else {
      if (failure !== undefined) report(failure);
      announceDecisions(kind, cases, outcome, () => navigate({ id: cases[0]?.id }, { focus: true }));
      onDecided(decided, failure === undefined && !isStopped.current);
    }
  }

  return { run, stop, progress, refusal, isOut };
}

/** Whether an outage kept the decision from being taken. Ends when the sandbox can be reached again. */
function useOutage() {
  const { isReachable } = useSandbox();
  const outage = useState(false);
  const [, setIsOut] = outage;
  useEffect(() => {
    if (isReachable) setIsOut(false);
  }, [isReachable]);
  return outage;
}
