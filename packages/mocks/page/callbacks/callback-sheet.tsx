import { dataOf } from '../control/data-of.ts';
import type { Callback } from '../control/schemas.ts';
import { deliveryTones, eventTones } from '../parts/callback-link.tsx';
import { Chip } from '../parts/chip.tsx';
import { Clamped } from '../parts/clamped.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { curlOf } from '../parts/curl-of.ts';
import { HeaderList } from '../parts/header-list.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { MaskedValue } from '../parts/masked-value.tsx';
import { SheetHeading } from '../parts/panes.tsx';
import { Time } from '../parts/time.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { useRouter } from '../session/use-route.ts';
import { AttemptList } from './attempt-list.tsx';
import { referenceOf } from './reference-of.ts';

/** A callback: its URL, its headers, its body, and the outcome of each attempt. */
export function CallbackSheet({ callback }: { readonly callback: Callback }) {
  const { control } = useSandbox();
  const { hrefTo } = useRouter();
  const act = useAct();
  const { id, event, status, payload } = callback;
  const path = { callbackId: id };
  const fetchRevealed = () =>
    dataOf(control.GET('/callbacks/{callbackId}', { params: { path, query: { reveal: true } } }));
  const redeliver = () =>
    act(`Posted the ${event} callback again.`, () =>
      dataOf(control.POST('/callbacks/{callbackId}/redeliver', { params: { path }, body: {} })),
    );
  return (
    <article class="sheet">
      <header>
        <SheetHeading subject={id} backHref={hrefTo({ id: undefined })} backLabel="Callbacks">
          <Clamped text={referenceOf(callback)} /> <Chip tone={eventTones[event]}>{event}</Chip>{' '}
          <Chip tone={deliveryTones[status]}>{status}</Chip>
        </SheetHeading>
        <div class="buttons">
          <button type="button" onClick={redeliver}>
            Post again
          </button>
          <CopyButton
            what="the masked callback"
            label="Copy as curl"
            text={curlOf({ ...callback.request, url: callback.url, body: payload })}
          />
          <CopyButton
            what="the callback with personal data"
            label="Copy as curl, unmasked"
            text={async () => {
              const { request, url, payload } = await fetchRevealed();
              return curlOf({ ...request, url, body: payload });
            }}
          />
        </div>
      </header>
      <CallbackFacts callback={callback} fetchUrl={async () => (await fetchRevealed()).url} />
      <h3>Attempts</h3>
      <AttemptList callback={callback} />
      <h3>Headers</h3>
      <HeaderList headers={callback.request.headers} />
      <h3>Body</h3>
      {callback.replacedBytes !== undefined && (
        <p class="note">
          A fault posts {callback.replacedBytes.toLocaleString('en')} other bytes instead of this body.
        </p>
      )}
      <JsonView label="Body" value={payload} reveal={async () => (await fetchRevealed()).payload} />
    </article>
  );
}

interface CallbackFactsProps {
  readonly callback: Callback;
  readonly fetchUrl: () => Promise<string>;
}

function CallbackFacts({ callback, fetchUrl }: CallbackFactsProps) {
  const { hrefTo } = useRouter();
  const { merchantId, url, request, dueAt, faults } = callback;
  return (
    <dl class="facts">
      <dt>Request</dt>
      <dd>
        <code>{request.method}</code> <MaskedValue name="the URL" masked={url} reveal={fetchUrl} />
      </dd>
      <dt>Case</dt>
      <dd>
        <a href={hrefTo({ view: 'cases', id: merchantId, filters: {} })}>{merchantId}</a>
      </dd>
      <dt>Next attempt</dt>
      <dd>{dueAt === undefined ? 'none' : <Time at={dueAt} />}</dd>
      {faults.length > 0 && (
        <>
          <dt>Faults</dt>
          <dd>{faults.join(', ')}</dd>
        </>
      )}
    </dl>
  );
}
