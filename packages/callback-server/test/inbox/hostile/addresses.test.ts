import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type Attack, expectRefused, startAttacked } from '../../support/hostile-requests.ts';

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

test('hostile paths are refused, show nothing and change nothing', () => expectRefused(paths));

test('hostile filters are refused, show nothing and change nothing', () => expectRefused(filters));

test('a request whose framing is ambiguous is refused before the inbox sees it', async () => {
  const { inbox } = await startAttacked();
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
