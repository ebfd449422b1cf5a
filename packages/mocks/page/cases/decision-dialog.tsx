import { useState } from 'preact/hooks';
import { ControlError, dataOf } from '../control/data-of.ts';
import type { MerchantSummary, Schemas, Status } from '../control/schemas.ts';
import { statusLabels } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field, hintOf } from '../parts/field.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { showToast } from '../session/toasts.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';
import { callbackWords, type DecisionKind, decisions, outcomeOf } from './decisions.ts';

interface DecisionDialogProps {
  readonly kind: DecisionKind;
  /** The cases as the person saw them. A case that has changed since is not decided. */
  readonly cases: readonly MerchantSummary[];
  /** @param decided - The ids of the cases that were decided. */
  readonly onClose: (decided: ReadonlySet<string>) => void;
}

/** Says what a decision will do, asks for its text, and takes it. */
export function DecisionDialog({ kind, cases, onClose }: DecisionDialogProps) {
  const possible = cases.filter((each) => outcomeOf(kind, each) !== undefined);
  const { verb, text } = decisions[kind];
  const [words, setWords] = useState('');
  const { run, progress, problem } = useDecision(kind, possible, onClose);
  const submit = (event: Event) => {
    event.preventDefault();
    void run(text && words.trim() !== '' ? { [text.name]: words.trim() } : {});
  };
  const [only] = cases;
  const subject = cases.length === 1 && only ? only.signzyAppId : countWords(possible.length, 'case');
  return (
    <Dialog title={`${verb}: ${subject}`} onClose={() => onClose(new Set())}>
      <form class="stack" onSubmit={submit}>
        <Consequences kind={kind} cases={cases} possible={possible} />
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
        {problem !== undefined && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <div class="buttons">
          {problem === undefined && (
            <button type="submit" class={`decide ${kind}`} autofocus={!text} aria-disabled={progress > 0}>
              {progress > 0 ? `${progress} of ${possible.length}…` : verb}
            </button>
          )}
          <button type="button" onClick={() => onClose(new Set())}>
            {problem === undefined ? 'Cancel' : 'Close, and look again'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ConsequencesProps {
  readonly kind: DecisionKind;
  readonly cases: readonly MerchantSummary[];
  readonly possible: readonly MerchantSummary[];
}

function Consequences({ kind, cases, possible }: ConsequencesProps) {
  const [first] = possible;
  if (!first) return null;
  const outcomes = new Set(possible.map((each) => outcomeOf(kind, each) as Status)); // Only possible cases are here.
  const [outcome = first.status] = outcomes;
  const leftOut = cases.length - possible.length;
  return (
    <ul class="consequences">
      <li>
        {possible.length === 1 && cases.length === 1
          ? `The case is ${statusLabels[first.status].toLowerCase()}, and becomes: `
          : `${countWords(possible.length, 'case')} will become: `}
        <strong>{[...outcomes].map((each) => statusLabels[each].toLowerCase()).join(' or ')}</strong>.
      </li>
      {leftOut > 0 && (
        <li>{countWords(leftOut, 'marked case')} will stay: the status does not allow this.</li>
      )}
      <li>
        {cases.length === 1 ? (
          <CallbackOf merchant={first} outcome={outcome} />
        ) : (
          callbackWords(outcome, undefined)
        )}
      </li>
      <li>
        There is no undo.{' '}
        {outcome === 'draft' ? 'The next push makes the case pending.' : 'A reversal posts another callback.'}
      </li>
    </ul>
  );
}

function CallbackOf({ merchant, outcome }: { readonly merchant: MerchantSummary; readonly outcome: Status }) {
  const { control } = useSandbox();
  const params = { path: { merchantId: merchant.id } };
  const { data } = useLive(`urls ${merchant.id}`, () =>
    dataOf(control.GET('/merchants/{merchantId}', { params })),
  );
  return <>{callbackWords(outcome, data?.callbackUrls)}</>;
}

type Texts = Pick<Schemas['Decision'], 'reason' | 'instructions'>;

/** Takes a decision about each case. The cases that refuse it stay as they are. */
function useDecision(
  kind: DecisionKind,
  cases: readonly MerchantSummary[],
  onClose: DecisionDialogProps['onClose'],
) {
  const { control, refresh, report } = useSandbox();
  const { navigate } = useRouter();
  const [progress, setProgress] = useState(0);
  const [problem, setProblem] = useState<string>();

  async function run(texts: Texts): Promise<void> {
    if (progress > 0) return; // A second Enter must not decide twice.
    const decided = new Set<string>();
    let refused: string | undefined;
    for (const [index, { id, revision }] of cases.entries()) {
      setProgress(index + 1);
      const params = { path: { merchantId: id } };
      const body = { decision: kind, revision, ...texts };
      try {
        await dataOf(control.POST('/merchants/{merchantId}/decision', { params, body }));
        decided.add(id);
      } catch (error) {
        if (!(error instanceof ControlError) || error.status === 401) {
          setProgress(0);
          refresh();
          return report(error);
        }
        refused ??= error.message;
      }
    }
    refresh();
    setProgress(0);
    if (decided.size === 0) return setProblem(refused);
    announce(decided.size, refused);
    onClose(decided);
  }

  function announce(decided: number, refused: string | undefined): void {
    const { done } = decisions[kind];
    const [only] = cases;
    const single = cases.length === 1 ? only : undefined;
    const text = `${done}: ${single?.signzyAppId ?? countWords(decided, 'case')}.`;
    if (refused === undefined)
      showToast({
        kind: 'done',
        text,
        offer: single && {
          label: 'Show the case',
          run: () => navigate({ id: single.id }, { focus: true }),
        },
      });
    else {
      const left = countWords(cases.length - decided, 'case');
      showToast({ kind: 'failed', text: `${text} ${left} stayed as before, and marked. ${refused}` });
    }
  }

  return { run, progress, problem };
}
