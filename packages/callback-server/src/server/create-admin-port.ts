import type { Hono } from 'hono';
import type { InboxVariables } from '../inbox/access/visitor.ts';
import type { Fetch } from './create-listener.ts';

/** Joins what the admin port serves: the inbox for people, and the admin API for programs. Each has its own guard. */
export function createAdminPort(inbox: Hono<InboxVariables>, api: Hono): Fetch {
  return (request, env) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return new Response(null, { status: 302, headers: { Location: '/inbox' } });
    return /^\/inbox(\/|$)/.test(pathname) ? inbox.fetch(request, env) : api.fetch(request, env);
  };
}
