import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MerchantSummary } from '../control/schemas.ts';
import { countWords } from '../parts/count-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field, hintOf } from '../parts/field.tsx';
import { referenceOf } from '../parts/reference-of.ts';
import { Consequences } from './consequences.tsx';
import { changedWords, type DecisionKind, decisions, outcomeOf } from './decisions.ts';
import type { LoadedCases } from './use-cases.ts';
import { type OnDecided, useDecision } from './use-decision.ts';

interface DecisionDialogProps {
  readonly kind: DecisionKind;
  /** The cases as the person saw them. A case that has changed since is not decided. */
  readonly cases: readonly MerchantSummary[];
  /** The cases as they are now. */
  readonly present: LoadedCases;
  /** Keeps the list behind the dialog as it is while decisions are taken. */
  readonly hold: (isHeld: boolean) => void;
  readonly onClose: OnDecided;
}

/** Says what a decision will do, asks for the text of the decision, and makes the decision. */
export function DecisionDialog({ kind, cases, present, hold, onClose }: DecisionDialogProps) {
  const { verb, text } = decisions[kind];
  const [words, setWords] = useState('');
  const { run, stop, progress, refusal, isOut } = useDecision(kind, hold, onClose);
  const isRunning = progress > 0;
  const possible = usePossible(kind, cases, present, isRunning);
  const problem = refusal ?? (possible.length === 0 ? changedWords(cases, present.cases) : undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    if (problem === undefined)
      void run(possible, text && words.trim() !== '' ? { [text.name]: words.trim() } : {});
  };
  const leave = () => (isRunning ? stop() : onClose(new Set(), false));
  const [only] = cases;
  const subject = cases.length === 1 && only ? referenceOf(only) : countWords(possible.length, 'case');
  return (
    <Dialog title={`${verb}: ${subject}`} isBusy={isRunning} onClose={leave}>
      <form class="stack" onSubmit={submit}>
        {problem === undefined && <Consequences kind={kind} cases={cases} possible={possible} />}
        {text && (
          <Field id="decision-text" label={text.label} hint={text.hint}>
            <textarea
              id="decision-text"
              rows={3}
              aria-describedby={hintOf('decision-text')}
              autofocus
              value={words}
              onInput={({ currentTarget }) => setWords(currentTarget.value)}
            />
          </Field>
        )}
        <div role="alert">
          {problem !== undefined && <p class="problem">{problem}</p>}
          {isOut && (
            <p class="problem">
              The sandbox cannot be reached, and confirmed no decision. Start the sandbox again, then try
              again.
            </p>
          )}
        </div>
        <div class="buttons">
          {problem === undefined && (
            <button type="submit" class={`decide ${kind}`} autofocus={!text} aria-disabled={isRunning}>
              {isRunning ? `${progress} of ${possible.length}…` : verb}
            </button>
          )}
          <LeaveButton isRunning={isRunning} isRefused={problem !== undefined} onClick={leave} />
        </div>
      </form>
    </Dialog>
  );
}

interface LeaveButtonProps {
  readonly isRunning: boolean;
  /** Whether this is the only button that remains. */
  readonly isRefused: boolean;
  readonly onClick: () => void;
}

function LeaveButton({ isRunning, isRefused, onClick }: LeaveButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that had the focus is gone. A person who types a text keeps the focus.
    if (isRefused && document.activeElement === document.body) button.current?.focus();
  }, [isRefused]);
  return (
    <button ref={button} type="button" onClick={onClick}>
      {isRefused ? 'Close, and look again' : isRunning ? 'Stop' : 'Cancel'}
    </button>
  );
}

/** The cases that the decision is about. They stay the same while decisions are taken. */
function usePossible(
  kind: DecisionKind,
  cases: readonly MerchantSummary[],
  { cases: present, isComplete }: LoadedCases,
  isRunning: boolean,
): readonly MerchantSummary[] {
  const possible = useMemo(() => {
    const revisions = new Map(present.map(({ id, revision }) => [id, revision]));
    const isUnchanged = ({ id, revision }: MerchantSummary) =>
      (revisions.get(id) ?? (isComplete ? undefined : revision)) === revision;
    return cases.filter((each) => outcomeOf(kind, each) !== undefined && isUnchanged(each));
  }, [kind, cases, present, isComplete]);
  const kept = useRef(possible);
  if (!isRunning) kept.current = possible;
  return kept.current;
}
