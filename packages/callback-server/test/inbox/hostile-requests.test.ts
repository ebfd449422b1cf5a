import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type Received, type Sent, send } from '../support/browser.ts';
import { callback } from '../support/callbacks.ts';
import { adminToken, origin, type RunningInbox, startInbox, users } from '../support/inbox-server.ts';
import { passwordOf } from '../support/inbox-users.ts';

type Browser = ReturnType<RunningInbox['browser']>;

interface Target {
  readonly inbox: RunningInbox;
  /** Signed in as the user of that name. */
  readonly as: (name: string) => Promise<Browser>;
  /** A callback with personal data. */
  readonly id: string;
}

/** A hostile request, and the status that refuses it. */
type Attack = readonly [title: string, status: number, send: (target: Target) => Promise<Received>];

const own = { host: new URL(origin).host };
const formType = { 'content-type': 'application/x-www-form-urlencoded' };
const reveal = (id: string) => `/inbox/callbacks/${id}/reveal`;
const reason = 'a hostile test';

async function prepare(): Promise<Target> {
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

/** Sends the form that reveals a body as Asha, who may do so, but not as a page of the inbox would send it. */
async function forge(
  { inbox, as, id }: Target,
  { headers = {}, body, ...rest }: Sent,
  path = reveal(id),
): Promise<Received> {
  const asha = await as('asha');
  const sent = { ...own, cookie: asha.cookie() ?? '', origin, ...formType, ...headers };
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ''));
  const form = new URLSearchParams({ reason, csrf: await asha.csrf() }).toString();
  return send(inbox.adminUrl, path, { method: 'POST', headers: given, body: body ?? form, ...rest });
}

const forgedForms: readonly Attack[] = [
  ['without a token', 403, (target) => forge(target, { body: `reason=${reason}` })],
  ['with an empty token', 403, (target) => forge(target, { body: `reason=${reason}&csrf=` })],
  ['with a wrong token', 403, (target) => forge(target, { body: `reason=${reason}&csrf=${'A'.repeat(43)}` })],
  [
    'with the token of another session',
    403,
    async (target) =>
      forge(target, { body: `reason=${reason}&csrf=${await (await target.as('rita')).csrf()}` }),
  ],
  [
    'with a wrong token before the right one',
    403,
    async (target) =>
      forge(target, { body: `csrf=x&reason=${reason}&csrf=${await (await target.as('asha')).csrf()}` }),
  ],
  [
    'with the token in the address',
    403,
    async (target) =>
      forge(
        target,
        { body: `reason=${reason}` },
        `${reveal(target.id)}?csrf=${await (await target.as('asha')).csrf()}`,
      ),
  ],
  [
    'with the token in a header',
    403,
    async (target) =>
      forge(target, {
        body: `reason=${reason}`,
        headers: { 'x-csrf-token': await (await target.as('asha')).csrf() },
      }),
  ],
  ['of a foreign page', 403, (target) => forge(target, { headers: { origin: 'https://evil.example' } })],
  ['of a page without an origin', 403, (target) => forge(target, { headers: { origin: 'null' } })],
  ['of no page', 403, (target) => forge(target, { headers: { origin: '' } })],
  ['of a page without TLS', 403, (target) => forge(target, { headers: { origin: 'http://inbox.example' } })],
  ['of a page at another port', 403, (target) => forge(target, { headers: { origin: `${origin}:8443` } })],
  ['of a longer name', 403, (target) => forge(target, { headers: { origin: `${origin}.evil.example` } })],
  [
    'of a name with a user',
    403,
    (target) => forge(target, { headers: { origin: 'https://inbox.example@evil.example' } }),
  ],
  [
    'of another program on this machine',
    403,
    (target) => forge(target, { headers: { origin: 'http://localhost:3000' } }),
  ],
  ['that is cross-site', 403, (target) => forge(target, { headers: { 'sec-fetch-site': 'cross-site' } })],
  ['that is same-site', 403, (target) => forge(target, { headers: { 'sec-fetch-site': 'same-site' } })],
  ['in JSON', 415, (target) => forge(target, { headers: { 'content-type': 'application/json' } })],
  ['in plain text', 415, (target) => forge(target, { headers: { 'content-type': 'text/plain' } })],
  [
    'in parts',
    415,
    (target) => forge(target, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
  ],
  ['without a type', 415, (target) => forge(target, { headers: { 'content-type': '' } })],
  ['that is too long', 413, (target) => forge(target, { body: `reason=${'x'.repeat(65_536)}` })],
  [
    'that is too long, in chunks',
    413,
    (target) => forge(target, { body: 'x'.repeat(200_000), headers: { 'transfer-encoding': 'chunked' } }),
  ],
];

const methods: readonly Attack[] = [
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'].map(
    (method): Attack => [`the method ${method}`, 405, (target) => forge(target, { method })],
  ),
  [
    'a form that is got',
    404,
    async ({ as, id }) => (await as('asha')).get(`${reveal(id)}?${new URLSearchParams({ reason })}`),
  ],
  [
    'a header that names another method',
    404,
    async ({ as, id }) => (await as('asha')).get(reveal(id), { 'x-http-method-override': 'POST' }),
  ],
];

/** As the browser of Asha sends it, who has opened another page. */
const ofOtherPages = (title: string, headers: Readonly<Record<string, string>>): Attack => [
  title,
  403,
  async ({ as, id }) => (await as('asha')).get(`/inbox/callbacks/${id}`, headers),
];

const otherPages: readonly Attack[] = [
  ofOtherPages('a rebound name', { host: 'evil.example' }),
  ofOtherPages('a name that begins like ours', { host: 'inbox.example.evil.example' }),
  ofOtherPages('a name that begins like this machine', { host: '127.0.0.1.evil.example' }),
  ofOtherPages('a name that ends like this machine', { host: 'evil.localhost' }),
  ofOtherPages('a rebound name behind a proxy', { host: 'evil.example', 'x-forwarded-host': own.host }),
  ofOtherPages('the address of another machine', { host: '192.0.2.1' }),
  ofOtherPages('a number that is an address', { host: '3221225985' }),
  ...['iframe', 'object', 'image', 'script', 'style', 'empty'].map((dest) =>
    ofOtherPages(`a page that loads the inbox as ${dest}`, {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': dest === 'iframe' ? 'navigate' : 'no-cors',
      'sec-fetch-dest': dest,
    }),
  ),
  ofOtherPages('a neighbour that frames the inbox', {
    'sec-fetch-site': 'same-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'iframe',
  }),
];

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

const escalation = (name: string, path: string, fields: Readonly<Record<string, string>> = {}): Attack => [
  `${name} posts to ${path}`,
  403,
  async ({ as, id }) =>
    (await as(name)).post(path.replace('{id}', id), { reason, route: 'handler', id, ...fields }),
];

const roles: readonly Attack[] = [
  escalation('vera', '/inbox/callbacks/{id}/reveal'),
  escalation('vera', '/inbox/callbacks/{id}/reveal?role=revealer', {
    role: 'revealer',
    roles: 'revealer',
    name: 'asha',
  }),
  escalation('omar', '/inbox/callbacks/{id}/reveal'),
  escalation('omar', '/inbox/callbacks/{id}/%72eveal'),
  ...['redeliver', 'release', 'give-up'].flatMap((path) =>
    ['vera', 'rita'].map((name) => escalation(name, `/inbox/${path}`)),
  ),
  [
    'vera asks for a dry run',
    403,
    async ({ as }) => (await as('vera')).get('/inbox/redeliver?route=handler'),
  ],
  [
    'vera names a role in a header',
    403,
    async ({ as, id }) => {
      const vera = await as('vera');
      return vera.submit(
        reveal(id),
        { reason, csrf: await vera.csrf() },
        { 'x-roles': 'revealer', 'x-user': 'asha' },
      );
    },
  ],
];

const paths: readonly Attack[] = (
  [
    ['/inbox/../callbacks', 401],
    ['/inbox/%2e%2e/callbacks', 401],
    ['/inbox/..%2fcallbacks', 303],
    ['//inbox/callbacks', 401],
    ['/INBOX/callbacks', 401],
    ['/inbox%2fcallbacks', 401],
    ['/inbox;/callbacks', 401],
    ['/inbox/base.css/../callbacks', 303],
    ['/inbox/..%2f..%2fpackage.json', 303],
    ['/inbox/sign-in/../callbacks', 303],
    ['/inbox/sign-in/callbacks', 303],
    ['/inbox//callbacks', 303],
    ['/inbox/callbacks/%zz', 400],
    ['/inbox/callbacks?merchantId=%zz', 400],
    ['/inbox/%0d%0aSet-Cookie:%20a=b', 303],
    [`http://evil.example/inbox/callbacks`, 403],
  ] as const
).map(
  ([path, status]): Attack => [
    `the path ${path} without a session`,
    status,
    ({ inbox }) => inbox.browser().get(path),
  ],
);

const filters: readonly Attack[] = [
  [
    'a filter of 14,000 letters',
    400,
    async ({ as }) => (await as('vera')).get(`/inbox/callbacks?merchantId=${'x'.repeat(14_000)}`),
  ],
  [
    'a filter that does not exist',
    400,
    async ({ as }) => (await as('vera')).get('/inbox/callbacks?__proto__=1&exact=true'),
  ],
  [
    'SQL in a filter',
    400,
    async ({ as }) => (await as('vera')).get("/inbox/callbacks?event=accept'%20OR%201=1"),
  ],
  [
    'a saved filter that is too long',
    400,
    async ({ as }) =>
      (await as('vera')).post('/inbox/filters', { name: 'a', query: `route=a&state=${'x'.repeat(501)}` }),
  ],
  [
    'a saved filter of a merchant',
    400,
    async ({ as }) => (await as('vera')).post('/inbox/filters', { name: 'a', query: 'merchantId=one' }),
  ],
  [
    'a saved filter with a long name',
    400,
    async ({ as }) =>
      (await as('vera')).post('/inbox/filters', { name: 'x'.repeat(61), query: 'event=accept' }),
  ],
  [
    'headers of 20,000 letters',
    431,
    async ({ as }) => (await as('vera')).get('/inbox', { 'x-long': 'x'.repeat(20_000) }),
  ],
];

test.each<[string, readonly Attack[]]>([
  ['forged forms', forgedForms],
  ['other methods', methods],
  ['requests of other pages', otherPages],
  ['cookies', cookies],
  ['looks without a session', bodyRequests],
  ['changes without a session', changesWithoutSession],
  ['credentials', credentials],
  ['requests without the role', roles],
  ['paths', paths],
  ['filters', filters],
])('hostile %s are refused, show nothing and change nothing', async (_, attacks) => {
  const target = await prepare();
  for (const [title, status, attack] of attacks) {
    const response = await attack(target);
    expect([title, response.status]).toEqual([title, status]);
    expect(response.text, title).not.toMatch(/canary/i);
    if (status === 303) expect(response.headers.location, title).toMatch(/^\/inbox\/sign-in/);
  }
  const actions = (await target.inbox.audit()).map(({ action }) => action);
  expect(actions.filter((action) => !['sign-in', 'failed sign-in'].includes(action))).toEqual([]);
});

test('the form that the hostile requests forge reveals the body if a page of the inbox sends it', async () => {
  const target = await prepare();
  const response = await forge(target, {});
  expect([response.status, response.text]).toEqual([200, expect.stringContaining('Canary Kumar')]);
  expect((await target.inbox.audit())[0]).toMatchObject({
    actor: 'inbox: asha',
    action: 'reveal',
    details: { reason },
  });
});

test('a sign-in never leads out of the inbox', async () => {
  const { inbox } = await prepare();
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

test('a session that the attacker has chosen or known before the sign-in is worth nothing after the sign-in', async () => {
  const { inbox } = await prepare();
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

test('a request whose framing is ambiguous is refused before the inbox sees it', async () => {
  const { inbox } = await prepare();
  const { port } = new URL(inbox.adminUrl);
  const socket = connect(Number(port), '127.0.0.1');
  const lines = [
    'POST /inbox/sign-in HTTP/1.1',
    'Host: inbox.example',
    'Content-Length: 4',
    'Transfer-Encoding: chunked',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n0\r\n\r\nGET /inbox HTTP/1.1\r\nHost: inbox.example\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
});

const markup = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

/** Replaces every text of a value, and adds a property whose name is markup. */
function withMarkup(value: unknown): unknown {
  if (typeof value === 'string') return `${value}${markup}`;
  if (Array.isArray(value)) return value.map(withMarkup);
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withMarkup(each)])),
    [markup]: markup,
  };
}

test('markup in every field of a callback, in a filter and in a reason is shown as text on each page', async () => {
  const { inbox, as } = await prepare();
  const whole = JSON.stringify(withMarkup(JSON.parse(callback('reject', { id: 'two' }))));
  const named = JSON.stringify({
    [markup]: markup,
    ...JSON.parse(callback('accept', { id: markup, [markup]: markup })),
  });
  const headers = { 'content-type': 'application/json', 'user-agent': markup, 'x-forwarded-for': markup };
  for (const [event, body] of [
    ['reject', whole],
    ['', whole],
    ['accept', named],
    ['accept', markup],
  ] as const)
    expect((await inbox.post(event, body, { headers })).status).toBe(200);
  const asha = await as('asha');
  const kept = await inbox.server.callbacks.list();
  const pages = [await asha.post('/inbox/filters', { name: markup.slice(0, 60), query: 'event=accept' })];
  for (const { id } of kept)
    pages.push(await asha.get(`/inbox/callbacks/${id}`), await asha.post(reveal(id), { reason: markup }));
  for (const path of ['', '/callbacks', '/routes', '/merchants', '/drift', '/audit', '/settings'])
    pages.push(await asha.get(`/inbox${path}`));
  for (const name of ['merchantId', 'event', markup])
    pages.push(await asha.get(`/inbox/callbacks?${new URLSearchParams({ [name]: markup })}`));
  expect(kept).toHaveLength(5);
  expect(pages.map(({ status }) => status)).not.toContain(503);
  for (const { text } of pages) expect(text).not.toMatch(/<script>alert|<img|"'>/);
});
