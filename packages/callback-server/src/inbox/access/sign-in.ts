import type { Context } from 'hono';
import { senderBlock } from '../../access/address-range.ts';
import type { StoreMaintenance } from '../../store/store-maintenance.ts';
import type { Account, Accounts } from './accounts.ts';
import { createFailedSignIns } from './failed-sign-ins.ts';
import type { createInboxSessions } from './inbox-sessions.ts';
import { ownPath } from './own-path.ts';
import { readForm } from './read-form.ts';
import { TooManyWaitError } from './run-few.ts';
import type { createSessionCookie } from './session-cookie.ts';
import { createSlowDown } from './slow-down.ts';
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
}

interface Attempt {
  readonly name: string;
  readonly secret: string;
  readonly next: string;
}

const unknownName = 'an unknown name';
const maxNameLength = 60;
/** Failures in a row that cost no time. Many people can share an address. */
const freeFailures = { name: 5, address: 20 };
const secondsWhenBusy = 5;

/** Creates the handlers of the sign-in page and of its form. */
export function createSignIn({ accounts, sessions, cookie, audit, addressOf, renderSignIn }: SignInOptions) {
  const { asksFor } = accounts;
  const names = createSlowDown({ free: freeFailures.name });
  const addresses = createSlowDown({ free: freeFailures.address });
  const failedSignIns = createFailedSignIns();

  const readAttempt = (form: URLSearchParams): Attempt => ({
    // Longer names are no names of users.
    name: asksFor === 'token' ? 'admin' : (form.get('name') ?? '').slice(0, maxNameLength + 1),
    secret: form.get('secret') ?? '',
    next: ownPath(form.get('next') ?? undefined),
  });
  /** Resolves to the account, or to the seconds to wait if the attempt was not made. */
  const check = async ({ name, secret }: Attempt, address: string): Promise<Account | number | undefined> => {
    // A token cannot be guessed, and anybody could slow down its only name.
    const brakes = [{ slowDown: addresses, key: address }];
    if (asksFor === 'password') brakes.push({ slowDown: names, key: name });
    const waitMs = Math.max(...brakes.map(({ slowDown, key }) => slowDown.waitMs(key)));
    if (waitMs > 0) return Math.ceil(waitMs / 1000);
    for (const { slowDown, key } of brakes) slowDown.count(key);
    const account = await accounts.check(name, secret).catch((error: unknown) => {
      if (!(error instanceof TooManyWaitError)) throw error;
      return secondsWhenBusy;
    });
    if (account === undefined) return undefined;
    // A visitor who signs in now and then must not hide the failures of others at the same address.
    for (const { slowDown, key } of brakes) slowDown.takeBack(key);
    if (typeof account === 'object') names.forget(name);
    return account;
  };
  const auditFailure = async (name: string) => {
    // What is no name of a user may be a password in the wrong field.
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
      if (!(form instanceof URLSearchParams)) return context.text(form.problem, form.status);
      const attempt = readAttempt(form);
      const account = await check(attempt, senderBlock(addressOf(context) ?? ''));
      if (typeof account === 'object') {
        const former = cookie.read(context);
        if (former !== undefined) await sessions.end(former);
        const session = await sessions.begin(account);
        await audit({ at: new Date(), actor: actorOf(account), action: 'sign-in', details: {} });
        cookie.write(context, session);
        return context.redirect(attempt.next, 303);
      }
      await auditFailure(attempt.name);
      const { next } = attempt;
      if (account === undefined) {
        const problem = `This ${asksFor === 'token' ? 'is no admin token' : 'name and password do not match'}. Try again.`;
        return context.html(await renderSignIn({ asksFor, next, problem }), 403);
      }
      const problem = `Too many sign-ins have failed. Try again in ${account} s.`;
      return context.html(await renderSignIn({ asksFor, next, problem }), 429, { 'Retry-After': String(account) });
    },
  };
}
