import { expect, onTestFinished, test, vi } from 'vitest';
import { createUserAccounts } from '../../../src/inbox/access/accounts.ts';
import { createInboxSessions } from '../../../src/inbox/access/inbox-sessions.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { users } from '../../support/inbox-server.ts';
import { temporaryDatabase } from '../../support/running-server.ts';

const minuteMs = 60_000;

async function prepare() {
  vi.useFakeTimers({ toFake: ['Date'] });
  const store = await openStore(`sqlite:${temporaryDatabase()}`, { onFatal: () => {} });
  onTestFinished(async () => {
    vi.useRealTimers();
    await store.close();
  });
  const accounts = createUserAccounts(users);
  const sessions = createInboxSessions(store.sessions, accounts);
  const [account] = accounts.named('asha');
  if (!account) throw new Error('No account.');
  return { sessions, account };
}

const wait = (minutes: number) => vi.setSystemTime(Date.now() + minutes * minuteMs);

test('a visitor keeps a session alive, and a script that refreshes a page does not', async () => {
  const { sessions, account } = await prepare();
  const id = await sessions.begin(account);
  for (const _ of ['once', 'twice', 'three times']) {
    wait(50);
    expect(await sessions.visitorOf(id, true)).toMatchObject({
      name: 'asha',
      roles: ['operator', 'revealer'],
    });
  }
  wait(50);
  expect(await sessions.visitorOf(id, false)).toBeDefined();
  wait(20);
  expect(await sessions.visitorOf(id, true)).toBeUndefined();
});

test('each session has an id and a CSRF token of its own, and the token stays', async () => {
  const { sessions, account } = await prepare();
  const ids = [await sessions.begin(account), await sessions.begin(account)];
  const tokens = await Promise.all(
    [...ids, ...ids].map(async (id) => (await sessions.visitorOf(id, true))?.csrfToken),
  );
  expect(new Set([...ids, ...tokens]).size).toBe(4);
  expect(tokens.slice(0, 2)).toEqual(tokens.slice(2));
});
