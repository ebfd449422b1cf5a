import { expect, test } from 'vitest';
import { startInbox } from '../../support/inbox-server.ts';
import { createMigratedDatabase } from '../../support/shared-postgres.ts';

test('a session that begins or ends at one replica begins or ends at every replica', async () => {
  const databaseUrl = await createMigratedDatabase();
  const replicas = [await startInbox({ databaseUrl }), await startInbox({ databaseUrl })];
  const [one, other] = replicas.map((replica) => replica.browser());
  if (!one || !other) throw new Error('A replica is missing.');
  await one.signIn('asha');
  const cookie = one.cookie() ?? '';
  other.useCookie(cookie);
  expect((await other.get('/inbox')).status).toBe(200);
  // The CSRF token belongs to the session, and so a form can be sent to any replica.
  const filter = { csrf: await one.csrf(), name: 'drift', query: 'verdict=drift' };
  expect((await other.submit('/inbox/filters', filter)).status).toBe(303);
  expect((await one.get('/inbox/callbacks')).text).toContain('drift');
  await one.post('/inbox/sign-out');
  for (const browser of [one, other]) {
    browser.useCookie(cookie);
    expect((await browser.get('/inbox')).status).toBe(303);
    expect((await browser.submit('/inbox/filters', filter)).status).toBe(303);
  }
});
