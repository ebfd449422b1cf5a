import type { CallbackServerOptions } from '../../src/index.ts';
import { type BrowserOptions, createBrowser } from './browser.ts';
import { inboxUser } from './inbox-users.ts';
import { startServer } from './running-server.ts';

export const adminToken = 'not-a-real-admin-1';
export const origin = 'https://inbox.example';

/** Asha may do everything, Omar changes deliveries, Rita reveals, and Vera looks. */
export const users = [
  inboxUser('asha', 'operator', 'revealer'),
  inboxUser('omar', 'operator'),
  inboxUser('rita', 'revealer'),
  inboxUser('vera'),
];

let browsers = 0;

/** A server whose inbox has users, behind a proxy that serves `origin`. */
export async function startInbox(options: Partial<CallbackServerOptions> = {}) {
  const running = await startServer({
    inboxUsers: users,
    adminTokens: [adminToken],
    adminUrl: origin,
    trustedProxyHops: 1,
    ...options,
  });
  const { adminUrl } = running;
  const headers = { authorization: `Bearer ${adminToken}` };
  return {
    ...running,
    /** A browser at an address of its own, without a session. */
    browser: (given: BrowserOptions = {}) => {
      browsers += 1;
      const address = `192.0.2.${browsers % 250}`;
      return createBrowser(adminUrl, {
        origin,
        ...given,
        headers: { 'x-forwarded-for': address, ...given.headers },
      });
    },
    /** The audit, newest first. */
    audit: async (): Promise<{ actor: string; action: string; details: Record<string, unknown> }[]> =>
      (await fetch(`${adminUrl}/audit`, { headers })).json() as never,
  };
}

export type RunningInbox = Awaited<ReturnType<typeof startInbox>>;
