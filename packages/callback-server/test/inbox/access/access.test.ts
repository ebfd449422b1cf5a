import { expect, test } from 'vitest';
import type { CallbackServerOptions } from '../../../src/index.ts';
import { createBrowser, csrfIn } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { adminToken, startInbox, users } from '../../support/inbox-server.ts';
import { inboxUser, passwordOf } from '../../support/inbox-users.ts';
import { brokenDatabase, startServer, temporaryDatabase } from '../../support/running-server.ts';

const noUsers = { inboxUsers: undefined } as unknown as Partial<CallbackServerOptions>;

test('a visitor signs in, sees the page that was asked for, and signs out', async () => {
  const { browser, audit } = await startInbox();
  const vera = browser();
  const page = '/inbox/callbacks?event=accept';
  const asked = await vera.get(page);
  expect([asked.status, asked.headers.location]).toEqual([
    303,
    `/inbox/sign-in?next=${encodeURIComponent(page)}`,
  ]);
  expect((await vera.get(asked.headers.location ?? '')).text).toContain(`value="${page}"`);

  const signedIn = await vera.signIn('vera', passwordOf('vera'), { next: page });
  expect([signedIn.status, signedIn.headers.location]).toEqual([303, page]);
  expect(signedIn.headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-inbox-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ]);
  expect((await vera.get(page)).status).toBe(200);
  expect((await vera.get(`/inbox/sign-in?next=${encodeURIComponent(page)}`)).headers.location).toBe(page);

  const signedOut = await vera.post('/inbox/sign-out');
  expect([signedOut.status, signedOut.headers.location]).toEqual([303, '/inbox/sign-in']);
  // The browser would forget the cookie. A copy of the cookie is not valid any more.
  expect((await vera.get(page)).status).toBe(303);
  expect(await audit()).toMatchObject(
    ['sign-out', 'sign-in'].map((action) => ({ actor: 'inbox: vera', action, details: {} })),
  );
});

test('with an admin URL without TLS, the session cookie is not marked as secure', async () => {
  const { adminUrl } = await startServer({ inboxUsers: users, adminUrl: 'http://localhost' });
  const response = await createBrowser(adminUrl).signIn('asha');
  expect(response.headers['set-cookie']?.[0]).toMatch(
    /^inbox-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

test('each response of the inbox has the headers that protect its page', async () => {
  const { browser } = await startInbox();
  const asha = browser();
  const responses = [
    await asha.get('/inbox/sign-in'),
    await asha.get('/inbox'),
    await asha.signIn('asha', 'wrong'),
  ];
  await asha.signIn('asha');
  responses.push(
    await asha.get('/inbox'),
    await asha.get('/inbox/nothing'),
    await asha.submit('/inbox/release', {}),
  );
  expect(responses.map(({ status }) => status)).toEqual([200, 303, 403, 200, 404, 403]);
  for (const { headers } of responses) {
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  }
});

test('without users, an admin token signs in, and a removed token ends its sessions', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const other = 'not-a-real-admin-2';
  const first = await startInbox({ ...noUsers, databaseUrl, adminTokens: [adminToken, other] });
  const [one, two] = [first.browser(), first.browser()];
  expect((await one.submit('/inbox/sign-in', { secret: 'not-a-real-admin-3' })).status).toBe(403);
  await one.signIn('', adminToken);
  await two.signIn('', other);
  await first.server.stop();

  const second = await startInbox({ ...noUsers, databaseUrl });
  const statusWith = async (cookie = '') => {
    const browser = second.browser();
    browser.useCookie(cookie);
    return (await browser.get('/inbox')).status;
  };
  expect([await statusWith(one.cookie()), await statusWith(two.cookie())]).toEqual([200, 303]);
  expect(await second.audit()).toMatchObject([
    { actor: 'inbox: admin', action: 'sign-in' },
    { actor: 'inbox: admin', action: 'sign-in' },
    { actor: 'inbox: admin', action: 'failed sign-in' },
  ]);
});

test('after a restart, only the sessions of unchanged users continue', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const first = await startInbox({ databaseUrl });
  const cookies = users.map(async ({ name }) => {
    const browser = first.browser();
    await browser.signIn(name);
    return [name, browser.cookie() ?? ''] as const;
  });
  const sessions = await Promise.all(cookies);
  await first.server.stop();
  const statusesWith = async (options: Partial<CallbackServerOptions>) => {
    const { server, browser } = await startInbox({ databaseUrl, ...options });
    const statuses: Record<string, number> = {};
    for (const [name, cookie] of sessions) {
      const later = browser();
      later.useCookie(cookie);
      statuses[name] = (await later.get('/inbox')).status;
    }
    await server.stop();
    return statuses;
  };
  const otherRole = inboxUser('omar', 'operator', 'revealer');
  const otherPassword = { ...inboxUser('rita-2', 'revealer'), name: 'rita' };
  const [asha] = users;
  const inboxUsers = [inboxUser('new'), ...(asha ? [asha] : []), otherRole, otherPassword];
  expect(await statusesWith({ inboxUsers })).toEqual({ asha: 200, omar: 303, rita: 303, vera: 303 });
  // An ended session stays ended, although its user is the same again.
  expect(await statusesWith({})).toEqual({ asha: 200, omar: 303, rita: 303, vera: 303 });
  // Without the file, an admin token opens the inbox.
  expect(await statusesWith(noUsers)).toEqual({ asha: 303, omar: 303, rita: 303, vera: 303 });
});

test('with neither users nor tokens, everybody at this machine may do everything', async () => {
  const { adminUrl, post, server } = await startServer();
  await post('accept', callback('accept', { name: 'Canary' }));
  const [{ id = '' } = {}] = await server.callbacks.list();
  const browser = createBrowser(adminUrl);
  const page = await browser.get('/inbox');
  expect([page.status, csrfIn(page.text)]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)]);
  expect((await browser.get('/inbox/sign-in')).headers.location).toBe('/inbox');
  const reason = 'a test asks';
  const revealed = await browser.post(`/inbox/callbacks/${id}/reveal`, { reason });
  expect([revealed.status, revealed.text]).toEqual([200, expect.stringContaining('Canary')]);
  // A page that is open after a restart, or at another server, has another token.
  expect((await browser.submit(`/inbox/callbacks/${id}/reveal`, { reason })).status).toBe(403);
  for (const headers of [{ 'x-forwarded-for': '192.0.2.1' }, { host: 'inbox.example' }])
    expect((await browser.get('/inbox', headers)).status).toBe(403);
});

test('failed sign-ins delay later sign-ins of the same name or address, and the audit groups them', async () => {
  const { browser, audit } = await startInbox();
  const [one, two] = [browser(), browser()];
  for (let count = 0; count < 5; count++) expect((await one.signIn('asha', 'wrong')).status).toBe(403);
  const slowed = await two.signIn('asha');
  expect([slowed.status, slowed.headers['retry-after']]).toEqual([429, expect.stringMatching(/^[1-5]$/)]);
  expect(slowed.text).toContain(`Try again in ${slowed.headers['retry-after']} s.`);
  expect((await two.signIn('vera')).status).toBe(303);

  for (let count = 0; count < 15; count++)
    await one.submit('/inbox/sign-in', { name: `canary-${count}`, secret: 'x' });
  expect((await one.signIn('vera')).status).toBe(429);
  const failed = (await audit()).filter(({ action }) => action === 'failed sign-in');
  expect(failed.map(({ actor, details }) => [actor, details['attempts']])).toEqual([
    ['inbox: vera', 1],
    ['inbox: an unknown name', 10],
    ['inbox: an unknown name', 1],
    ['inbox: asha', 1],
  ]);
});

test('a sign-in gets 503 if the database fails, and the response does not quote the error', async () => {
  const databaseUrl = await brokenDatabase("BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'canary')");
  const response = await (await startInbox({ databaseUrl })).browser().signIn('asha');
  expect(response.status).toBe(503);
  expect(response.headers['set-cookie']).toBeUndefined();
  expect(response.text).not.toContain('canary');
});
