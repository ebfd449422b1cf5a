import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Control } from '../../src/control-client.ts';
import { isOutage } from '../control/connect.ts';
import { isInvalidToken } from '../control/data-of.ts';
import { useHeartbeat } from '../session/heartbeat.ts';
import type { ViewName } from '../session/route.ts';
import { SandboxProvider, type SandboxSession } from '../session/sandbox-session.ts';
import { useShortcuts } from '../session/shortcuts.ts';
import { dismissFailures, showToast, takeOffer } from '../session/toasts.ts';
import { useRouter } from '../session/use-route.ts';
import { AddressNotice } from './address-notice.tsx';
import { Header } from './header.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { ToastList } from './toast-list.tsx';
import { Vanished } from './vanished.tsx';
import { viewLabels } from './view-labels.ts';

interface OfficeProps {
  readonly control: Control;
  readonly controlToken: string;
  readonly signOut: () => void;
  readonly views: { readonly [Name in ViewName]: () => JSX.Element };
}

/** The back office of one sandbox: the header, and the view that the address names. */
export function Office({ control, controlToken, signOut, views }: OfficeProps) {
  const { route } = useRouter();
  const { sandboxId, view } = route;
  const [urge, setUrge] = useState(0);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const sandbox = useMemo(() => control.sandbox(sandboxId), [control, sandboxId]);
  const { connection, now, nextDueAt, changes } = useHeartbeat(sandbox, urge);
  const isReachable = connection === 'open';
  const main = useRef<HTMLElement>(null);
  const View = views[view];

  useEffect(() => {
    if (connection === 'signed-out') signOut();
  }, [connection, signOut]);
  useEffect(() => {
    document.title = `${route.id === undefined ? '' : `${route.id} · `}${viewLabels[view]} · back office · sandbox`;
  }, [route.id, view]);
  useEffect(() => dismissFailures(), [view, sandboxId]);
  useEffect(() => {
    if (isReachable) dismissFailures(({ isAboutOutage = false }) => isAboutOutage);
  }, [isReachable]);
  useOfficeShortcuts(() => setIsHelpOpen(true));

  // A new session renders every part that reads it, so a key press must not create one.
  const session = useMemo((): SandboxSession => {
    return {
      control: sandbox,
      server: control.server,
      sandboxId,
      controlToken,
      now,
      nextDueAt,
      changes,
      isReachable,
      refresh: () => setUrge((count) => count + 1),
      report: (error) => (isInvalidToken(error) ? signOut() : showFailure(error)),
    };
  }, [sandbox, control, sandboxId, controlToken, now, nextDueAt, changes, isReachable, signOut]);
  const skip = () => main.current?.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  const isOpen = connection === 'open' || (connection === 'lost' && now > 0);
  return (
    <SandboxProvider value={session}>
      <Header isOpen={isOpen} showHelp={() => setIsHelpOpen(true)} skip={skip} />
      <p class="banner" role="status">
        {connection === 'lost' &&
          'The sandbox does not respond. Start it again, or wait: the page tries again every second.'}
      </p>
      <AddressNotice />
      <main ref={main} tabIndex={-1} data-focus-home aria-busy={connection === 'opening'}>
        {isOpen && <View key={sandboxId} />}
        {connection === 'opening' && <p class="loading">Loading…</p>}
        {connection === 'vanished' && <Vanished />}
      </main>
      <ToastList />
      {isHelpOpen && <ShortcutsDialog onClose={() => setIsHelpOpen(false)} />}
    </SandboxProvider>
  );
}

function useOfficeShortcuts(showHelp: () => void): void {
  const { navigate } = useRouter();
  const goTo = (name: ViewName) => () => navigate({ view: name, id: undefined, filters: {} });
  useShortcuts({
    cases: goTo('cases'),
    callbacks: goTo('callbacks'),
    journal: goTo('journal'),
    faults: goTo('faults'),
    sandbox: goTo('sandbox'),
    help: showHelp,
    undo: () => takeOffer(),
  });
}

function showFailure(error: unknown): void {
  showToast({
    kind: 'failed',
    text: error instanceof Error ? error.message : 'The action failed.',
    isAboutOutage: isOutage(error),
  });
}
