import { useMemo } from 'preact/hooks';
import { maxPart } from '../../src/control/load-all.ts';
import { dataOf } from '../control/data-of.ts';
import type { Callback } from '../control/schemas.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { Panes } from '../parts/panes.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useShortcuts } from '../session/shortcuts.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';
import { CallbackList } from './callback-list.tsx';
import { CallbackSheet } from './callback-sheet.tsx';
import { referenceOf } from './reference-of.ts';

/** The callbacks beside the selected callback. */
export function CallbacksView() {
  const { control } = useSandbox();
  const live = useLive('callbacks', () =>
    dataOf(control.GET('/callbacks', { params: { query: { limit: maxPart, order: 'newest' } } })),
  );
  return <WhenLoaded live={live}>{(callbacks) => <Callbacks callbacks={callbacks} />}</WhenLoaded>;
}

function Callbacks({ callbacks }: { readonly callbacks: readonly Callback[] }) {
  const { route, navigate } = useRouter();
  const shown = useMemo(() => selectCallbacks(callbacks, route.filters), [callbacks, route.filters]);
  const at = shown.findIndex(({ id }) => id === route.id);
  const selected = callbacks.find(({ id }) => id === route.id);
  const select = (offset: number) => {
    const next = shown[at < 0 ? 0 : at + offset];
    if (next) navigate({ id: next.id }, { replace: true });
  };
  useShortcuts({ next: () => select(1), previous: () => select(-1) });
  return (
    <Panes
      listLabel="Callbacks"
      list={<CallbackList callbacks={callbacks} shown={shown} at={at} onMove={select} />}
      sheetLabel="Callback"
      sheet={
        selected ? (
          <CallbackSheet key={selected.id} callback={selected} />
        ) : (
          route.id && <OlderCallback callbackId={route.id} />
        )
      }
      placeholder={callbacks.length > 0 && <EmptyState title="Select a callback." />}
    />
  );
}

/** A callback that is not among the newest, or does not exist. */
function OlderCallback({ callbackId }: { readonly callbackId: string }) {
  const { control } = useSandbox();
  const { hrefTo } = useRouter();
  const params = { path: { callbackId } };
  const { data, problem } = useLive(`callback ${callbackId}`, () =>
    dataOf(control.GET('/callbacks/{callbackId}', { params })),
  );
  if (data) return <CallbackSheet key={callbackId} callback={data} />;
  if (problem === undefined) return <p class="loading">Loading…</p>;
  return (
    <EmptyState title={problem}>
      <a class="button" href={hrefTo({ id: undefined })}>
        Back to the callbacks
      </a>
    </EmptyState>
  );
}

/** Returns the callbacks that the filters select. */
function selectCallbacks(
  callbacks: readonly Callback[],
  { event, delivery, search = '' }: { readonly [name: string]: string },
): readonly Callback[] {
  const wanted = search.trim().toLowerCase();
  return callbacks.filter(
    (callback) =>
      (!event || callback.event === event) &&
      (!delivery || callback.status === delivery) &&
      (wanted === '' ||
        callback.merchantId.includes(wanted) ||
        referenceOf(callback).toLowerCase().includes(wanted)),
  );
}
