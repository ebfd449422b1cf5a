import type { ComponentChildren } from 'preact';
import { dataOf } from '../control/data-of.ts';
import type { JournalEntry } from '../control/schemas.ts';
import { Chip, ResponseChip, StatusChip, type Tone } from '../parts/chip.tsx';
import { Clamped } from '../parts/clamped.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { curlOf } from '../parts/curl-of.ts';
import { WhenLoaded } from '../parts/empty-state.tsx';
import { HeaderList } from '../parts/header-list.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { SheetHeading } from '../parts/panes.tsx';
import { referenceOf } from '../parts/reference-of.ts';
import { Time } from '../parts/time.tsx';
import { durationWords } from '../parts/time-words.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';
import { subjectOf } from './journal-list.tsx';

/** An entry of the journal. A request has its headers and bodies. */
export function EntrySheet({ entry }: { readonly entry: JournalEntry }) {
  const { hrefTo } = useRouter();
  const { id, kind, status, to } = entry;
  return (
    <article class="sheet">
      <header>
        <SheetHeading subject={`${id}`} backHref={hrefTo({ id: undefined })} backLabel="Journal">
          <Clamped text={subjectOf(entry)} />{' '}
          {kind === 'move' ? to && <StatusChip status={to} /> : <ResponseChip status={status ?? 0} />}
        </SheetHeading>
      </header>
      <EntryFacts entry={entry} />
      {kind === 'request' && <Exchange entryId={id} />}
    </article>
  );
}

const fidelityTones: { readonly [F in JournalEntry['fidelity']]: Tone } = {
  documented: 'good',
  observed: 'busy',
  assumed: 'waiting',
};

function EntryFacts({ entry }: { readonly entry: JournalEntry }) {
  const { hrefTo } = useRouter();
  const { at, fidelity, basis, merchantId, callbackId, problem } = entry;
  const caseHref = merchantId && hrefTo({ view: 'cases', id: merchantId, filters: {} });
  const callbackHref = callbackId && hrefTo({ view: 'callbacks', id: callbackId, filters: {} });
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ['Time', <Time key="time" at={at} />],
    ['Operation', entry.operation],
    [
      'Case',
      caseHref && (
        <a href={caseHref}>
          <Clamped text={caseWords(entry)} />
        </a>
      ),
    ],
    ['Callback', callbackHref && <a href={callbackHref}>{callbackId}</a>],
    ['Responded', entry.answeredBy && `${entry.answeredBy}, over ${entry.transport}`],
    ['Faults', entry.faults?.join(', ')],
    ['Problem', problem],
    ['Violations', violationWords(entry.violations)],
    ['Warnings', violationWords(entry.warnings)],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} class="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
      <div class="fact">
        <dt>Fidelity</dt>
        <dd>
          <Chip tone={fidelityTones[fidelity]}>{fidelity}</Chip> {basis}
        </dd>
      </div>
    </dl>
  );
}

/** What the partner calls the case of an entry. */
function caseWords({ merchantId = '', signzyAppId = '' }: JournalEntry): string {
  return referenceOf({ id: merchantId, signzyAppId });
}

function violationWords(violations: readonly object[] = []): string {
  return violations
    .map((each) => {
      const { pointer, keyword } = each as { readonly pointer?: unknown; readonly keyword?: unknown };
      return `${pointer} ${keyword}`;
    })
    .join(', ');
}

function Exchange({ entryId }: { readonly entryId: number }) {
  const { control } = useSandbox();
  const load = (reveal: boolean) =>
    dataOf(control.GET('/journal/{entryId}', { params: { path: { entryId }, query: { reveal } } }));
  const live = useLive(`entry ${entryId}`, () => load(false), 'loads once, because an entry never changes');
  return (
    <WhenLoaded live={live}>
      {(exchange) => (
        <>
          <div class="buttons">
            <CopyButton
              what="the masked request"
              label="Copy as curl"
              text={curlOf({ ...exchange, body: exchange.request })}
            />
            <CopyButton
              what="the request with personal data"
              label="Copy as curl, unmasked"
              text={async () => {
                const revealed = await load(true);
                return curlOf({ ...revealed, body: revealed.request });
              }}
            />
          </div>
          <h3>Request</h3>
          <p>
            <code>{exchange.method}</code> <code>{exchange.url}</code>{' '}
            <span class="quiet">· took {durationWords(exchange.tookMs)}</span>
          </p>
          <HeaderList headers={exchange.headers} />
          {exchange.request === undefined ? (
            <p class="quiet">No body.</p>
          ) : (
            <JsonView
              label="Request body"
              value={exchange.request}
              reveal={async () => (await load(true)).request}
            />
          )}
          <h3>Response</h3>
          {exchange.response === undefined ? (
            <p class="quiet">No body.</p>
          ) : (
            <JsonView
              label="Response body"
              value={exchange.response}
              reveal={async () => (await load(true)).response}
            />
          )}
        </>
      )}
    </WhenLoaded>
  );
}
