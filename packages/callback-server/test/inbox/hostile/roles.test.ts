import { test } from 'vitest';
import { type Attack, expectRefused, reason, revealPath } from '../../support/hostile-requests.ts';

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
        revealPath(id),
        { reason, csrf: await vera.csrf() },
        { 'x-roles': 'revealer', 'x-user': 'asha' },
      );
    },
  ],
];

test('hostile requests without the role are refused, show nothing and change nothing', () =>
  expectRefused(roles));
