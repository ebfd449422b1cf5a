import type { Context } from 'hono';
import { senderBlock } from '../../access/address-range.ts';
import type { StoreMaintenance } from '../../store/store-maintenance.ts';
import type { Accounts } from './accounts.ts';
import { createFailedSignIns } from './failed-sign-ins.ts';
import type { createInboxSessions } from './inbox-sessions.ts';
import { ownPath } from './own-path.ts';
import { readForm } from './read-form.ts';
import type { createSessionCookie } from './session-cookie.ts';
import type { Refuse } from './shield.ts';
import { createSlowedCheck } from './slowed-check.ts';
import { actorOf } from './visitor.ts';

/** What the sign-in page shows. Its form posts to `/inbox/sign-in`. */
export interface SignInPage {
  /** With `password` the form has the fields `name` and `secret`. With `token` it has `secret` only. */
  readonly asksFor: 'password' | 'token';
  /** The value of the form's hidden field `next`. */
  readonly next: string;
  /** Why the last attempt has failed. */
  readonly problem?: string;
}

interface SignInOptions {
  readonly accounts: Accounts;
  readonly sessions: ReturnType<typeof createInboxSessions>;
  readonly cookie: ReturnType<typeof createSessionCookie>;
  readonly audit: StoreMaintenance['audit'];
  readonly addressOf: (context: Context) => string | undefined;
  readonly renderSignIn: (page: SignInPage) => string | Promise<string>;
  readonly refuse: Refuse;
}

const unknownName = 'an unknown name';
const maxNameLength = 60;

/** Creates the handlers of the sign-in page and of its form. */
export function createSignIn(options: SignInOptions) {
  const { accounts, sessions, cookie, audit, addressOf, renderSignIn, refuse } = options;
  const { asksFor } = accounts;
  const check = createSlowedCheck(accounts);
  const failedSignIns = createFailedSignIns();
  const wrong =
    asksFor === 'token'
      ? 'This is no admin token. Try again.'
      : 'The name or the password is wrong. Try again.';

  const auditFailure = async (name: string) => {
    // A text that is no name of a user may be a password in the wrong field.
    const known = accounts.named(name).length > 0 ? name : unknownName;
    const group = failedSignIns(known);
    if (!group) return;
    const details = { attempts: group.attempts, since: group.since.toISOString() };
    await audit({ at: new Date(), actor: actorOf({ name: known }), action: 'failed sign-in', details });
  };
  return {
    show: async (context: Context) =>
      context.html(await renderSignIn({ asksFor, next: ownPath(context.req.query('next')) })),

    submit: async (context: Context) => {
      const form = await readForm(context);
      if (!(form instanceof URLSearchParams)) return refuse(context, form.problem, form.status);
      // Longer names are no names of users.
      const name = asksFor === 'token' ? 'admin' : (form.get('name') ?? '').slice(0, maxNameLength + 1);
      const next = ownPath(form.get('next') ?? undefined);
      const address = senderBlock(addressOf(context) ?? '');
      const { account, waitSeconds } = await check(name, form.get('secret') ?? '', address);
      if (account) {
        const former = cookie.read(context);
        if (former !== undefined) await sessions.end(former);
        const session = await sessions.begin(account);
        await audit({ at: new Date(), actor: actorOf(account), action: 'sign-in', details: {} });
        cookie.write(context, session);
        return context.redirect(next, 303);
      }
      await auditFailure(name);
      if (waitSeconds === undefined)
        return context.html(await renderSignIn({ asksFor, next, problem: wrong }), 403);
      const problem = `Too many sign-ins. Try again in ${waitSeconds} s.`;
      context.header('Retry-After', String(waitSeconds));
      return context.html(await renderSignIn({ asksFor, next, problem }), 429);
    },
  };
}
