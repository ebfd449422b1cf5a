import { expect, test } from 'vitest';
import { type Attack, expectRefused, startAttacked } from '../../support/hostile-requests.ts';
import { adminToken, users } from '../../support/inbox-server.ts';
import { passwordOf } from '../../support/inbox-users.ts';

const credentials: readonly Attack[] = [
  [
    'an admin token as Bearer',
    303,
    ({ inbox }) => inbox.browser().get('/inbox', { authorization: `Bearer ${adminToken}` }),
  ],
  [
    'a password as Basic',
    303,
    ({ inbox }) =>
      inbox.browser().get('/inbox', {
        authorization: `Basic ${Buffer.from(`asha:${passwordOf('asha')}`).toString('base64')}`,
      }),
  ],
  ['an admin token as password', 403, ({ inbox }) => inbox.browser().signIn('admin', adminToken)],
  ['the hash as password', 403, ({ inbox }) => inbox.browser().signIn('asha', users[0]?.passwordHash)],
  ['an empty password', 403, ({ inbox }) => inbox.browser().signIn('asha', '')],
  ['the password of another user', 403, ({ inbox }) => inbox.browser().signIn('asha', passwordOf('vera'))],
  ['SQL as name', 403, ({ inbox }) => inbox.browser().signIn("asha' --", passwordOf('asha'))],
  [
    'a zero byte after the name',
    403,
    ({ inbox }) => inbox.browser().signIn('asha\u0000', passwordOf('asha')),
  ],
  ['the name of the open inbox', 403, ({ inbox }) => inbox.browser().signIn('this machine', '')],
  ['the name of a property', 403, ({ inbox }) => inbox.browser().signIn('__proto__', '')],
  ['a name of 50,000 letters', 403, ({ inbox }) => inbox.browser().signIn('a'.repeat(50_000), 'x')],
  [
    'a sign-in that a foreign page sends',
    403,
    ({ inbox }) => inbox.browser({ headers: { 'sec-fetch-site': 'cross-site' } }).signIn('vera'),
  ],
  [
    'a session in the form',
    403,
    ({ inbox }) => inbox.browser().signIn('asha', 'x', { session: 'A'.repeat(43) }),
  ],
];

test('hostile credentials are refused, show nothing and change nothing', () => expectRefused(credentials));

test('a sign-in never leads out of the inbox', async () => {
  const { inbox } = await startAttacked();
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/inbox/..//evil.example',
    '/inbox@evil.example',
    '/inbox\r\nSet-Cookie: a=b',
    '/inbox"><script>alert(1)</script>',
  ]) {
    const browser = inbox.browser();
    const page = await browser.get(`/inbox/sign-in?${new URLSearchParams({ next })}`);
    expect([page.status, page.text]).toEqual([200, expect.not.stringMatching(/evil\.example|<script>alert/)]);
    const { status, headers } = await browser.signIn('vera', passwordOf('vera'), { next });
    expect([status, headers.location]).toEqual([303, '/inbox']);
    expect(headers['set-cookie']).toHaveLength(1);
  }
});
