import { expect, test } from 'vitest';
import { type Attack, expectRefused, startAttacked } from '../../support/hostile-requests.ts';

const withCookie = (title: string, change: (cookie: string) => string): Attack => [
  title,
  303,
  async ({ as, inbox, id }) => {
    const browser = inbox.browser();
    browser.useCookie(change((await as('asha')).cookie() ?? ''));
    return browser.get(`/inbox/callbacks/${id}`);
  },
];

const cookieName = '__Host-inbox-session';

const cookies: readonly Attack[] = [
  withCookie('no cookie', () => 'other=1'),
  withCookie('an empty cookie', () => `${cookieName}=`),
  withCookie('a cookie that is cut', (cookie) => cookie.slice(0, -1)),
  withCookie('a cookie that is longer', (cookie) => `${cookie}A`),
  withCookie('a cookie with another letter', (cookie) =>
    cookie.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
  ),
  withCookie(
    'a cookie in capital letters',
    (cookie) => `${cookieName}=${cookie.split('=')[1]?.toUpperCase()}`,
  ),
  withCookie('a cookie of another name', (cookie) => cookie.replace(cookieName, 'inbox-session')),
  withCookie('SQL in the cookie', () => `${cookieName}=' OR 1=1 --`),
  withCookie('a zero byte in the cookie', (cookie) => `${cookie}%00`),
  withCookie('an object in the cookie', () => `${cookieName}={"name":"asha"}`),
  withCookie('a cookie of ten thousand letters', () => `${cookieName}=${'A'.repeat(10_000)}`),
  withCookie('a name in the cookie', () => `${cookieName}=asha; name=asha; role=revealer`),
];

const bodyRequests: readonly Attack[] = (
  [
    ['', 'a look at the overview'],
    ['/callbacks', 'a look at the list'],
    ['/callbacks?merchantId=one', 'a search'],
    ['/routes', 'a look at the routes'],
    ['/merchants', 'a look at the merchants'],
    ['/drift', 'a look at the drift'],
    ['/audit', 'a look at the audit'],
    ['/settings', 'a look at the settings'],
    ['/redeliver?route=handler', 'a dry run'],
  ] as const
).map(
  ([path, title]): Attack => [
    `${title} without a session`,
    303,
    ({ inbox }) => inbox.browser().get(`/inbox${path}`),
  ],
);

const changesWithoutSession: readonly Attack[] = [
  'redeliver',
  'release',
  'give-up',
  'filters',
  'sign-out',
].map((path) => [
  `${path} without a session`,
  303,
  ({ inbox }) =>
    inbox.browser().submit(`/inbox/${path}`, { route: 'handler', name: 'a', query: 'event=accept' }),
]);

test('hostile cookies are refused, show nothing and change nothing', () => expectRefused(cookies));

test('hostile reads without a session are refused, show nothing and change nothing', () =>
  expectRefused(bodyRequests));

test('hostile changes without a session are refused, show nothing and change nothing', () =>
  expectRefused(changesWithoutSession));

test('a session id that the attacker chose or knew before a sign-in is not valid after the sign-in', async () => {
  const { inbox } = await startAttacked();
  const [attacker, victim] = [inbox.browser(), inbox.browser()];
  await attacker.signIn('vera');
  for (const planted of [`${cookieName}=${'A'.repeat(43)}`, attacker.cookie() ?? '']) {
    victim.useCookie(planted);
    await victim.signIn('asha');
    expect(victim.cookie()).not.toBe(planted);
    attacker.useCookie(planted);
    expect((await attacker.get('/inbox')).status).toBe(303);
  }
  expect((await victim.get('/inbox')).status).toBe(200);
});
