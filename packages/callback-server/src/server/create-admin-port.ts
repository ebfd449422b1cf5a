import { createClientAddress } from '../access/client-address.ts';
import { type AdminOptions, createAdminApp } from '../admin/admin-app.ts';
import { createAccess } from '../inbox/access/create-access.ts';
import type { OperatorActions } from '../inbox/actions/operator-actions.ts';
import { createInbox } from '../inbox/create-inbox.tsx';
import { renderSignIn } from '../inbox/frame/sign-in-page.tsx';
import { createOverview, type OverviewSources } from '../inbox/overview/create-overview.ts';
import { nodeRuntime } from '../receiver/node-runtime.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { Fetch } from './create-listener.ts';
import { shownOptions } from './shown-options.ts';

interface AdminParts
  extends Pick<AdminOptions, 'store' | 'expect' | 'renderMetrics' | 'hasClockJumped' | 'onFault'>,
    Pick<OverviewSources, 'readRoutes' | 'readMerchants'> {
  readonly actions: OperatorActions;
}

/** Creates what the admin port serves: the inbox for people, and the admin API for programs. Each has its own guard. */
export function createAdminPort(options: CallbackServerOptions, parts: AdminParts): Fetch {
  const { actions, store } = parts;
  const addressOf = createClientAddress(options);
  const api = createAdminApp({
    ...parts,
    ...actions,
    tokens: options.adminTokens ?? [],
    adminUrl: options.adminUrl,
    retention: options.retention ?? {},
  });
  const inbox = createInbox({
    ...parts,
    access: createAccess({
      ...options,
      store,
      renderSignIn,
      addressOf: ({ req, env }) =>
        addressOf(nodeRuntime.connectedFrom(req.raw, env), req.header('x-forwarded-for')),
    }),
    readOverview: createOverview(parts),
    settings: options.settings ?? shownOptions(options),
  });
  return (request, env) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return new Response(null, { status: 302, headers: { Location: '/inbox' } });
    return (/^\/inbox(\/|$)/.test(pathname) ? inbox : api).fetch(request, env);
  };
}
