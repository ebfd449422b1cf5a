import { dataOf } from '../control/data-of.ts';
import type { MerchantDetails, MerchantSummary } from '../control/schemas.ts';
import { StatusChip } from '../parts/chip.tsx';
import { Clamped } from '../parts/clamped.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { WhenLoaded } from '../parts/empty-state.tsx';
import { SheetHeading } from '../parts/panes.tsx';
import { referenceOf } from '../parts/reference-of.ts';
import { Time } from '../parts/time.tsx';
import { ValueTable } from '../parts/value-table.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';
import { CaseCallbacks } from './case-callbacks.tsx';
import { DecisionBar } from './decision-bar.tsx';
import type { DecisionKind } from './decisions.ts';
import { PushedPages } from './pushed-pages.tsx';

interface CaseSheetProps {
  readonly merchant: MerchantSummary;
  readonly decide: (kind: DecisionKind) => void;
}

/** A case: its decisions, its customer, the pushed data and the callbacks. */
export function CaseSheet({ merchant, decide }: CaseSheetProps) {
  const { control } = useSandbox();
  const { hrefTo } = useRouter();
  const { id, status } = merchant;
  const load = (reveal: boolean) =>
    dataOf(
      control.GET('/merchants/{merchantId}', { params: { path: { merchantId: id }, query: { reveal } } }),
    );
  const live = useLive(`case ${id}`, () => load(false));
  return (
    <article class="sheet">
      <header>
        <SheetHeading subject={id} backHref={hrefTo({ id: undefined })} backLabel="Queue">
          <Clamped text={referenceOf(merchant)} /> <StatusChip status={status} />
        </SheetHeading>
        <DecisionBar merchant={merchant} decide={decide} />
      </header>
      <WhenLoaded live={live}>
        {(details) => <CaseBody details={details} fetchRevealed={() => load(true)} />}
      </WhenLoaded>
    </article>
  );
}

interface CaseBodyProps {
  readonly details: MerchantDetails;
  readonly fetchRevealed: () => Promise<MerchantDetails>;
}

function CaseBody({ details, fetchRevealed }: CaseBodyProps) {
  const { hrefTo } = useRouter();
  const { id, revision } = details;
  return (
    <>
      <CaseFacts details={details} />
      <h3>Customer</h3>
      <ValueTable
        key={`customer ${revision}`}
        caption="From the creation of the merchant"
        values={customerOf(details)}
        reveal={async (name) => (await fetchRevealed()).details[name]}
      />
      <h3>Pushed data</h3>
      <PushedPages key={`pages ${revision}`} details={details} fetchRevealed={fetchRevealed} />
      <h3>Callbacks</h3>
      <CaseCallbacks merchantId={id} />
      <p>
        <a href={hrefTo({ view: 'journal', id: undefined, filters: { merchant: id } })}>
          Everything that happened to this case, in the journal
        </a>
      </p>
    </>
  );
}

function CaseFacts({ details }: { readonly details: MerchantDetails }) {
  const { id, distributorId, createdAt, submittedAt, decision } = details;
  const remarks = [decision?.reason, decision?.instructions].filter(Boolean).join(' · ');
  return (
    <dl class="facts">
      <dt>Merchant</dt>
      <dd>
        <code>{id}</code> <CopyButton what="the merchant's id" text={id} />
      </dd>
      <dt>Partner</dt>
      <dd>
        <code>{distributorId}</code> <CopyButton what="the partner's id" text={distributorId} />
      </dd>
      <dt>Created</dt>
      <dd>
        <Time at={createdAt} />
      </dd>
      {submittedAt !== undefined && (
        <>
          <dt>Submitted</dt>
          <dd>
            <Time at={submittedAt} />
          </dd>
        </>
      )}
      {decision && (
        <>
          <dt>Decided</dt>
          <dd>
            <Time at={decision.actionTime} /> by {decision.actionBy}
            {remarks !== '' && <q>{remarks}</q>}
          </dd>
        </>
      )}
    </dl>
  );
}

function customerOf({ details }: MerchantDetails): { readonly [name: string]: unknown } {
  const names = ['name', 'email', 'mobile', 'username', 'autoLoginUrl', 'realm', 'flowName', 'backopsUserId'];
  return Object.fromEntries(names.map((name) => [name, details[name]]));
}
