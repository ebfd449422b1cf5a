import { expect, test } from 'vitest';
import { type Received, type Sent, send } from '../../support/browser.ts';
import {
  type Attack,
  type Attacked,
  expectRefused,
  reason,
  revealPath,
  startAttacked,
} from '../../support/hostile-requests.ts';
import { origin } from '../../support/inbox-server.ts';

const own = { host: new URL(origin).host };

const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends the form that reveals a body, with the session of Asha, who may reveal bodies. The changes forge the request. */
async function forge(
  { inbox, as, id }: Attacked,
  { headers = {}, body, ...rest }: Sent,
  path = revealPath(id),
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
        `${revealPath(target.id)}?csrf=${await (await target.as('asha')).csrf()}`,
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
    'as multipart/form-data',
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
    'a form that is sent by GET',
    404,
    async ({ as, id }) => (await as('asha')).get(`${revealPath(id)}?${new URLSearchParams({ reason })}`),
  ],
  [
    'a header that names another method',
    404,
    async ({ as, id }) => (await as('asha')).get(revealPath(id), { 'x-http-method-override': 'POST' }),
  ],
];

test('hostile forged forms are refused, show nothing and change nothing', () => expectRefused(forgedForms));

test('hostile other methods are refused, show nothing and change nothing', () => expectRefused(methods));

test('the form that the hostile requests forge reveals the body if a page of the inbox sends it', async () => {
  const target = await startAttacked();
  const response = await forge(target, {});
  expect([response.status, response.text]).toEqual([200, expect.stringContaining('Canary Kumar')]);
  expect((await target.inbox.audit())[0]).toMatchObject({
    actor: 'inbox: asha',
    action: 'reveal',
    details: { reason },
  });
});
