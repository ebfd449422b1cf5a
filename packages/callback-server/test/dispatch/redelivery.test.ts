import { expect, test } from 'vitest';
import type { CallbackServer, CallbackServerOptions } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { callback } from '../support/callbacks.ts';
import { masterKeys } from '../support/master-keys.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const adminTokens = ['not-a-real-admin-token'];
/** Nothing listens at this URL. */
const url = 'http://127.0.0.1:4099';

/** Keeps callbacks of two events and two realms while no route exists. Returns the options of their database. */
async function keepCallbacks(options: Partial<CallbackServerOptions> = {}) {
  const kept = { ...options, databaseUrl: `sqlite:${temporaryDatabase()}` };
  const { server, post } = await startServer(kept);
  for (const event of ['accept', 'pending'] as const)
    for (const realmId of ['realm-one', 'realm-two', undefined])
      await post(event, callback(event, { id: `${event} ${realmId}`, realmId }));
  await server.stop();
  return kept;
}

test.each([
  ['in plaintext', {}],
  ['encrypted', { masterKeys }],
])('%s: a redelivery leaves out the events and realms that its route does not take', async (_, options) => {
  const routes = [
    { name: 'all', url },
    { name: 'accepts', url, events: ['accept' as const] },
    { name: 'realm', url, realms: ['realm-one'] },
    { name: 'both', url, events: ['accept' as const], realms: ['realm-one'] },
  ];
  const { server } = await startServer({ ...(await keepCallbacks(options)), routes });
  const opened: Record<string, (string | undefined)[]> = {};
  for (const { name: route } of routes) {
    const { missing } = await server.callbacks.redeliver({ route, dryRun: true });
    expect(await server.callbacks.redeliver({ route })).toEqual({
      dead: 0,
      missing,
      taken: 0,
      overtaken: 0,
      damaged: 0,
    });
    const listed = await server.callbacks.list({ delivery: { route, state: 'open' } });
    expect(listed).toHaveLength(missing);
    opened[route] = listed.map(({ merchantId }) => merchantId).sort();
  }
  expect(opened['all']).toHaveLength(6);
  expect(opened['accepts']).toEqual(['accept realm-one', 'accept realm-two', 'accept undefined']);
  expect(opened['realm']).toEqual(['accept realm-one', 'pending realm-one']);
  expect(opened['both']).toEqual(['accept realm-one']);
});

test('a redelivery to the handlers leaves out events without a handler', async () => {
  const { server } = await startServer(await keepCallbacks(), (server) => server.on('pending', () => {}));
  expect(await server.callbacks.redeliver({ route: 'handler' })).toEqual({
    dead: 0,
    missing: 3,
    taken: 0,
    overtaken: 0,
    damaged: 0,
  });
});

test('a redelivery to a route that the server does not have is refused', async () => {
  const options = { ...(await keepCallbacks()), adminTokens, routes: [{ name: 'real', url }] };
  const { server, adminUrl } = await startServer(options);
  for (const route of ['reel', 'handler']) {
    const problem = `This server has no route "${route}". Its routes: real.`;
    await expect(server.callbacks.redeliver({ route })).rejects.toThrow(problem);
    const headers = { authorization: `Bearer ${adminTokens[0]}` };
    const response = await fetch(`${adminUrl}/redeliver?route=${route}`, { method: 'POST', headers });
    expect([response.status, await response.json()]).toEqual([400, { error: problem }]);
    expect(await server.callbacks.list({ delivery: { route, state: 'open' } })).toEqual([]);
  }
});

test.each([
  ['since=2026-02-30', 'since must be a time'],
  ['since=2026-01-31%2012:00', 'since must be a time'],
  ['since=2026-01-31T12:00', 'since must be a time'],
  ['since=2026-02-01&until=2026-01-01', 'since must be earlier than until.'],
])('the redelivery ?%s is refused, because its time is wrong', async (query, problem) => {
  const { adminUrl } = await startServer({ adminTokens, routes: [{ name: 'real', url }] });
  const init = { method: 'POST', headers: { authorization: `Bearer ${adminTokens[0]}` } };
  const response = await fetch(`${adminUrl}/redeliver?route=real&${query}`, init);
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: expect.stringContaining(problem) },
  ]);
});

const whileYounger = ['waits for its next attempt', 'is being attempted'] as const;

test.each(
  bothEngines.flatMap(([engine, create]) => whileYounger.map((state) => [engine, state, create] as const)),
)(
  '%s: while a younger callback %s, a callback that is delivered again has all of its attempts and goes first',
  async (_, state, createDatabase) => {
    const databaseUrl = await createDatabase();
    const attempts: [event: string, attempt: number][] = [];
    let running = Promise.resolve();
    const failing = (server: CallbackServer) => {
      for (const event of ['pending', 'accept'] as const)
        server.on(event, async (_, { attempt }) => {
          attempts.push([event, attempt]);
          if (event === 'accept') await running;
          throw new Error('not now');
        });
    };
    const first = await startServer({ databaseUrl, deliveryDelaysMs: [1] }, failing);
    await first.post('pending', callback('pending'));
    const dead = { delivery: { route: 'handler', state: 'dead' } } as const;
    await expect.poll(() => first.server.callbacks.list(dead)).toHaveLength(1);
    await first.server.stop();

    attempts.length = 0;
    const end = Promise.withResolvers<void>();
    if (state === 'is being attempted') running = end.promise;
    const hours = [3_600_000, 3_600_000];
    const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: hours }, failing);
    await post('accept', callback('accept'));
    await expect.poll(() => attempts).toEqual([['accept', 1]]);
    if (state === 'waits for its next attempt')
      await expect
        .poll(async () => (await server.callbacks.list())[0]?.deliveries[0]?.attempts[0]?.endedAt)
        .toBeInstanceOf(Date);
    expect(await server.callbacks.redeliver({ route: 'handler' })).toMatchObject({ dead: 1 });
    end.resolve();
    await expect
      .poll(() => attempts)
      .toEqual([
        ['accept', 1],
        ['pending', 1],
      ]);
  },
);

test.each(
  bothEngines.flatMap(([engine, create]) =>
    (['none', 'strict'] as const).map((order) => [engine, order, create] as const),
  ),
)(
  '%s: after a change of the order to %s, a dead callback is delivered again',
  async (_, order, createDatabase) => {
    const databaseUrl = await createDatabase();
    const handlerOrder = order === 'none' ? 'strict' : 'none';
    const first = await startServer({ databaseUrl, deliveryDelaysMs: [], handlerOrder }, (server) =>
      server.on('pending', () => Promise.reject(new Error('not now'))),
    );
    await first.post('pending', callback('pending'));
    const dead = { delivery: { route: 'handler', state: 'dead' } } as const;
    await expect.poll(() => first.server.callbacks.list(dead)).toHaveLength(1);
    await first.server.stop();

    const { server } = await startServer({ databaseUrl, handlerOrder: order }, (server) =>
      server.on('pending', () => {}),
    );
    expect(await server.callbacks.redeliver({ route: 'handler' })).toMatchObject({ dead: 1 });
    await expect.poll(async () => (await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken');
  },
);
