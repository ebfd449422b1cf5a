import { test } from 'vitest';
import { type Attack, expectRefused } from '../../support/hostile-requests.ts';
import { origin } from '../../support/inbox-server.ts';

const own = { host: new URL(origin).host };

/** A request that Asha's browser sends after she has opened another page. */
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

test('hostile requests of other pages are refused, show nothing and change nothing', () =>
  expectRefused(otherPages));
