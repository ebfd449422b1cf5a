import { createBrowser } from './browser.ts';
import { startServer } from './running-server.ts';

/** The pages of the inbox that need no callback, below `/inbox`. */
export const inboxPaths = ['', '/callbacks', '/routes', '/merchants', '/drift', '/audit', '/settings'];

/** A server that everybody at this machine may use, and a browser. */
export async function startOpenInbox(...given: Parameters<typeof startServer>) {
  const running = await startServer(...given);
  return { ...running, browser: createBrowser(running.adminUrl) };
}
