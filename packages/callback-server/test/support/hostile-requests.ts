import { expect } from 'vitest';
import type { Received } from './browser.ts';
import { callback } from './callbacks.ts';
import { type RunningInbox, startInbox } from './inbox-server.ts';

type Browser = ReturnType<RunningInbox['browser']>;

/** What hostile requests are sent to. */
export interface Attacked {
  readonly inbox: RunningInbox;
  /** Signed in as the user of that name. */
  readonly as: (name: string) => Promise<Browser>;
  /** A callback with personal data. */
  readonly id: string;
}

/** A hostile request, and the status that refuses it. */
export type Attack = readonly [title: string, status: number, send: (target: Attacked) => Promise<Received>];

/** The path that reveals the body of a callback. */
export const revealPath = (id: string) => `/inbox/callbacks/${id}/reveal`;

/** Why a body is revealed. */
export const reason = 'a hostile test';

/** Starts a server that keeps a callback with personal data. */
export async function startAttacked(): Promise<Attacked> {
  const inbox = await startInbox();
  await inbox.post(
    'accept',
    callback('accept', { id: 'one', name: 'Canary Kumar', email: 'canary@example.com' }),
  );
  const [kept] = await inbox.server.callbacks.list();
  const signedIn = new Map<string, Browser>();
  return {
    inbox,
    id: kept?.id ?? '',
    as: async (name) => {
      const browser = signedIn.get(name) ?? inbox.browser();
      if (!signedIn.has(name)) await browser.signIn(name);
      signedIn.set(name, browser);
      return browser;
    },
  };
}

/** Sends hostile requests to one server: each is refused with its status, shows nothing and changes nothing. */
export async function expectRefused(attacks: readonly Attack[]): Promise<void> {
  const target = await startAttacked();
  for (const [title, status, attack] of attacks) {
    const response = await attack(target);
    expect([title, response.status]).toEqual([title, status]);
    expect(response.text, title).not.toMatch(/canary/i);
    if (status === 303) expect(response.headers.location, title).toMatch(/^\/inbox\/sign-in/);
  }
  const actions = (await target.inbox.audit()).map(({ action }) => action);
  expect(actions.filter((action) => !['sign-in', 'failed sign-in'].includes(action))).toEqual([]);
}
