import { useCallback, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { CallbacksView } from '../callbacks/callbacks-view.tsx';
import { CasesView } from '../cases/cases-view.tsx';
import { connect } from '../control/connect.ts';
import { forgetToken, readToken } from '../control/token.ts';
import { FaultsView } from '../faults/faults-view.tsx';
import { JournalView } from '../journal/journal-view.tsx';
import { SandboxView } from '../sandbox/sandbox-view.tsx';
import type { ViewName } from '../session/route.ts';
import { useShortcutKeys } from '../session/shortcuts.ts';
import { RouterProvider, useAddress } from '../session/use-route.ts';
import { Office } from './office.tsx';
import { SignIn } from './sign-in.tsx';
import { useFocusKeeper } from './use-focus-keeper.ts';

const firstToken = readToken();

/** The whole page: the form for the control token, or the back office. */
export function App() {
  const [token, setToken] = useState(firstToken);
  // A person may open the address of another start in this tab. Before the router, which would treat the token as a path.
  useLayoutEffect(() => {
    const read = () => setToken(readToken());
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const router = useAddress();
  useShortcutKeys();
  useFocusKeeper();
  const [wasRefused, setWasRefused] = useState(false);
  const control = useMemo(() => (token === undefined ? undefined : connect(token)), [token]);
  const signOut = useCallback(() => {
    forgetToken();
    setToken(undefined);
    setWasRefused(true);
  }, []);
  return (
    <RouterProvider value={router}>
      {control && token !== undefined ? (
        <Office control={control} controlToken={token} signOut={signOut} views={views} />
      ) : (
        <SignIn wasRefused={wasRefused} onToken={setToken} />
      )}
    </RouterProvider>
  );
}

const views: { readonly [Name in ViewName]: () => preact.JSX.Element } = {
  cases: CasesView,
  callbacks: CallbacksView,
  journal: JournalView,
  faults: FaultsView,
  sandbox: SandboxView,
};
