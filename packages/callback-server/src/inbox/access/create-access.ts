import { randomBytes } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createSecretCheck } from '../../access/secret-check.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import { type Accounts, createTokenAccounts, createUserAccounts } from './accounts.ts';
import { createInboxSessions } from './inbox-sessions.ts';
import type { InboxUser } from './inbox-user.ts';
import { ownPath } from './own-path.ts';
import { readForm } from './read-form.ts';
import { createSessionCookie } from './session-cookie.ts';
import { createShield, type Refuse } from './shield.ts';
import { createSignIn, type SignInPage } from './sign-in.ts';
import { actorOf, type InboxVariables, type Role, roles, thisMachine, type Visitor } from './visitor.ts';

export interface AccessOptions {
  readonly store: Pick<OpenedStore, 'sessions' | 'maintenance'>;
  /** Without users, an admin token opens the inbox. Without users and tokens, everybody at this machine may use it. */
  readonly inboxUsers?: readonly InboxUser[] | undefined;
  readonly adminTokens?: readonly string[] | undefined;
  /** The URL at which people reach the admin port. */
  readonly adminUrl?: string | undefined;
  /** The address that a request comes from, if it is known. */
  readonly addressOf: (context: Context) => string | undefined;
  readonly renderSignIn: (page: SignInPage) => string | Promise<string>;
  readonly renderRefusal: (problem: string) => string | Promise<string>;
}

const formTooOld = 'This form is too old. Go back, reload the page, and send the form again.';

/**
 * Decides who may use the inbox.
 *
 * - `shield` protects each response, also of files that need no visitor. It refuses requests that no page of the inbox
 *   sends.
 * - `guard` does what `shield` does, and sets the visitor. It redirects everybody else to the sign-in, and refuses forms
 *   without the CSRF token.
 * - `requireRole` refuses visitors without a role. Use it after the guard.
 * - `routes` are the sign-in and the sign-out. Use them before the guard.
 */
export function createAccess(options: AccessOptions) {
  const { adminUrl, renderRefusal } = options;
  const { sessions: store, maintenance } = options.store;
  const { audit } = maintenance;
  const accounts = accountsOf(options);
  const refuse: Refuse = async (context, problem, status) =>
    context.html(await renderRefusal(problem), status);
  const refusalOf = createShield({ adminUrl, isOpen: !accounts, refuse });
  const cookie = createSessionCookie(adminUrl?.startsWith('https:') ?? false);
  const sessions = accounts && createInboxSessions(store, accounts);
  const visitorOf = createVisitorOf(cookie, sessions);

  const shield: MiddlewareHandler = async (context, next) => refusalOf(context) ?? next();
  const guard: MiddlewareHandler<InboxVariables> = async (context, next) => {
    const refusal = refusalOf(context);
    if (refusal) return refusal;
    const visitor = await visitorOf(context);
    if (!visitor) return context.redirect(signInUrl(context), 303);
    if (context.req.method === 'POST') {
      const form = await readForm(context);
      if (!(form instanceof URLSearchParams)) return refuse(context, form.problem, form.status);
      if (!(await createSecretCheck([visitor.csrfToken])(form.get('csrf') ?? '')))
        return refuse(context, formTooOld, 403);
    }
    context.set('visitor', visitor);
    return next();
  };

  const routes = new Hono<InboxVariables>();
  if (accounts && sessions) {
    const { show, submit } = createSignIn({ ...options, accounts, sessions, cookie, audit, refuse });
    routes.get('/sign-in', shield, async (context) => {
      const next = ownPath(context.req.query('next'));
      return (await visitorOf(context)) ? context.redirect(next, 303) : show(context);
    });
    routes.post('/sign-in', shield, submit);
  } else routes.on(['GET', 'POST'], '/sign-in', shield, (context) => context.redirect('/inbox', 303));
  routes.post('/sign-out', guard, async (context) => {
    const id = cookie.read(context);
    if (sessions && id !== undefined) {
      await sessions.end(id);
      cookie.clear(context);
      const actor = actorOf(context.get('visitor'));
      await audit({ at: new Date(), actor, action: 'sign-out', details: {} });
    }
    return context.redirect('/inbox/sign-in', 303);
  });
  return {
    shield,
    guard,
    requireRole: createRequireRole(refuse),
    routes,
  };
}

function createRequireRole(refuse: Refuse) {
  return (role: Role): MiddlewareHandler<InboxVariables> =>
    async (context, next) => {
      if (context.get('visitor').roles.includes(role)) return next();
      const problem = `This action needs the role ${role}. Ask the person who keeps the file of users.`;
      return refuse(context, problem, 403);
    };
}

/** Without sessions everybody is the same visitor. */
function createVisitorOf(
  cookie: ReturnType<typeof createSessionCookie>,
  sessions: ReturnType<typeof createInboxSessions> | undefined,
) {
  const csrfToken = randomBytes(32).toString('base64url');
  const everybody: Visitor = { name: thisMachine, roles, csrfToken };
  return async (context: Context): Promise<Visitor | undefined> => {
    if (!sessions) return everybody;
    const id = cookie.read(context);
    // A script that refreshes an open page keeps no session alive.
    const isActive = context.req.header('sec-fetch-dest') !== 'empty';
    return id === undefined ? undefined : sessions.visitorOf(id, isActive);
  };
}

function accountsOf({ inboxUsers, adminTokens = [] }: AccessOptions): Accounts | undefined {
  if (inboxUsers) return createUserAccounts(inboxUsers);
  return adminTokens.length > 0 ? createTokenAccounts(adminTokens) : undefined;
}

/** The URL of the sign-in, which leads back to the page. A posted form is lost: only the visitor can send it again. */
function signInUrl({ req }: Context): string {
  const { pathname, search } = new URL(req.url);
  const next = req.method === 'POST' ? '/inbox' : ownPath(`${pathname}${search}`);
  return next === '/inbox' ? '/inbox/sign-in' : `/inbox/sign-in?${new URLSearchParams({ next })}`;
}
