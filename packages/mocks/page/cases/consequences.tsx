import { useMemo } from 'preact/hooks';
import { dataOf } from '../control/data-of.ts';
import type { MerchantSummary, Schemas, Status } from '../control/schemas.ts';
import { statusLabels } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { referenceOf } from '../parts/reference-of.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';
import { callbackWords, type DecisionKind, outcomeOf, reversalWords } from './decisions.ts';

interface ConsequencesProps {
  readonly kind: DecisionKind;
  /** All cases that the person chose. */
  readonly cases: readonly MerchantSummary[];
  /** The cases that will be decided. */
  readonly possible: readonly MerchantSummary[];
}

/** Says what a decision will do. */
export function Consequences(props: ConsequencesProps) {
  const [only] = props.cases;
  if (props.possible.length === 0 || !only) return null;
  return props.cases.length === 1 ? <OfOne {...props} merchant={only} /> : <OfMany {...props} />;
}

function OfOne({ kind, merchant }: ConsequencesProps & { readonly merchant: MerchantSummary }) {
  const { control } = useSandbox();
  const params = { path: { merchantId: merchant.id } };
  const { data } = useLive(`urls ${merchant.id}`, () =>
    dataOf(control.GET('/merchants/{merchantId}', { params })),
  );
  const outcome = outcomeOf(kind, merchant) ?? merchant.status;
  return (
    <ul class="consequences">
      <li>
        The case is {labelOf(merchant.status)}, and becomes: <strong>{labelOf(outcome)}</strong>.
      </li>
      <CallbackItems outcome={outcome} urls={data?.callbackUrls} />
    </ul>
  );
}

const maxNames = 5;

function OfMany({ kind, cases, possible }: ConsequencesProps) {
  const outcomes = useMemo(
    () => [...new Set(possible.flatMap((each) => outcomeOf(kind, each) ?? []))],
    [kind, possible],
  );
  const [outcome = 'new'] = outcomes;
  const names = possible.slice(0, maxNames).map(referenceOf).join(', ');
  const others = possible.length - maxNames;
  const leftOut = cases.length - possible.length;
  return (
    <ul class="consequences">
      <li>
        {countWords(possible.length, 'case')} will become:{' '}
        <strong>{outcomes.map(labelOf).join(' or ')}</strong>.
      </li>
      <li class="clamped" title={names}>
        {names}
        {others > 0 && ` and ${others.toLocaleString('en')} more`}
      </li>
      {leftOut > 0 && (
        <li>
          {countWords(leftOut, 'marked case')} will stay as before: the status does not allow this decision,
          or has changed.
        </li>
      )}
      <CallbackItems outcome={outcome} urls={undefined} />
    </ul>
  );
}

interface CallbackItemsProps {
  readonly outcome: Status;
  readonly urls: Schemas['MerchantDetails']['callbackUrls'] | undefined;
}

function CallbackItems({ outcome, urls }: CallbackItemsProps) {
  return (
    <>
      <li>{callbackWords(outcome, urls)}</li>
      <li>There is no undo. {reversalWords(outcome, urls)}</li>
    </>
  );
}

function labelOf(status: Status): string {
  return statusLabels[status].toLowerCase();
}
