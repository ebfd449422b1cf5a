import type { Hono } from 'hono';
import { createClientAddress } from '../access/client-address.ts';
import { type AdminOptions, createAdminApp } from '../admin/admin-app.ts';
import type { InboxVariables } from '../inbox/access/visitor.ts';
import type { OperatorActions } from '../inbox/actions/operator-actions.ts';
import { createOverview, type OverviewSources } from '../inbox/overview/create-overview.ts';
import { nodeRuntime } from '../receiver/node-runtime.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { Fetch } from './create-listener.ts';
import { shownOptions } from './shown-options.ts';

interface AdminParts
  extends Pick<AdminOptions, 'store' | 'expect' | 'renderMetrics' | 'hasClockJumped' | 'onFault'>,
    Pick<OverviewSources, 'readRoutes' | 'readMerchants'> {
  readonly actions: OperatorActions;
  readonly isDiskLow: () => boolean;
}

/** Creates what the admin port serves: the inbox for people, and the admin API for programs. Each has its own guard. */
export function createAdminPort(options: CallbackServerOptions, parts: AdminParts): Fetch {
  const api = createAdminApp({
    ...parts,
    ...parts.actions,
    tokens: options.adminTokens ?? [],
    adminUrl: options.adminUrl,
    retention: options.retention ?? {},
  });
  let inbox: Promise<Hono<InboxVariables>> | undefined;
  return async (request, env) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return new Response(null, { status: 302, headers: { Location: '/inbox' } });
    if (!/^\/inbox(\/|$)/.test(pathname)) return api.fetch(request, env);
    // A failure is not cached, because its cause, such as too many open files, may go away.
    inbox ??= openInbox(options, parts).catch((error: unknown) => {
      inbox = undefined;
      throw error;
    });
    try {
      return await (await inbox).fetch(request, env);
    } catch (error) {
      parts.onFault(error);
      return new Response('The inbox cannot be opened. The log names the fault.\n', {
        status: 503,
        headers: { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain; charset=utf-8' },
      });
    }
  };
}

/** Loads the pages at the first request for a page: few processes need them, and Node cannot run their source itself. */
async function openInbox(options: CallbackServerOptions, parts: AdminParts): Promise<Hono<InboxVariables>> {
  const { createInbox } = await import('../inbox/create-inbox.tsx');
  const addressOf = createClientAddress(options);
  return createInbox({
    ...parts,
    access: {
      ...options,
      addressOf: ({ req, env }) =>
        addressOf(nodeRuntime.connectedFrom(req.raw, env), req.header('x-forwarded-for')),
    },
    readOverview: createOverview(parts),
    settings: options.settings ?? shownOptions(options),
  });
}
