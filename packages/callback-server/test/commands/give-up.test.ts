import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const routes = [{ name: 'removed', url: 'http://127.0.0.1:4099' }];
const adminTokens = ['not-a-real-admin-token'];

/** Keeps a callback for a route whose target is gone. Returns the URL of the database. */
async function keepCallback(): Promise<string> {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const { server, post } = await startServer({ databaseUrl, routes });
  await post('accept', callback('accept'));
  await server.stop();
  return databaseUrl;
}

test('give-up refuses a route that is still configured, and takes a removed route', async () => {
  const DATABASE_URL = await keepCallback();
  const ROUTES_FILE = join(dirname(DATABASE_URL.replace('sqlite:', '')), 'routes.json');
  writeFileSync(ROUTES_FILE, JSON.stringify(routes));
  const args = ['give-up', '--route', 'removed'];
  const configured = runInProcess(args, { DATABASE_URL, ROUTES_FILE });
  expect(await configured.exit).toBe(2);
  expect(configured.output()).toContain('still has the route "removed"');
  const removed = runInProcess(args, { DATABASE_URL });
  expect([await removed.exit, removed.output()]).toEqual([0, 'Gave up: 1 deliveries.\n']);
});

test('the admin API gives up the deliveries of a route that the server does not have', async () => {
  const databaseUrl = await keepCallback();
  const headers = { authorization: `Bearer ${adminTokens[0]}` };
  const ask = async (adminUrl: string, query: string) => {
    const response = await fetch(`${adminUrl}/give-up?${query}`, { method: 'POST', headers });
    return [response.status, await response.json()];
  };
  const first = await startServer({ databaseUrl, adminTokens, routes });
  expect(await ask(first.adminUrl, 'route=removed')).toEqual([
    400,
    {
      error:
        'This server delivers to the route "removed". Remove the route first, or give the ids of callbacks.',
    },
  ]);
  await first.server.stop();
  const { adminUrl, server } = await startServer({ databaseUrl, adminTokens });
  expect(await ask(adminUrl, '')).toEqual([400, { error: 'route is required.' }]);
  expect(await ask(adminUrl, 'route=remuved')).toMatchObject([400, {}]);
  expect(await ask(adminUrl, 'route=removed&dryRun=true')).toEqual([200, { deliveries: 1 }]);
  expect(await server.callbacks.giveUp({ route: 'removed' })).toBe(1);
});

test('the command and the admin API give up the delivery of one callback, even to a configured route', async () => {
  const DATABASE_URL = await keepCallback();
  const ROUTES_FILE = join(dirname(DATABASE_URL.replace('sqlite:', '')), 'routes.json');
  writeFileSync(ROUTES_FILE, JSON.stringify(routes));
  const { adminUrl, server, post } = await startServer({ databaseUrl: DATABASE_URL, adminTokens, routes });
  await post('accept', callback('accept', { id: 'another' }));
  const [second, first] = (await server.callbacks.list()).map(({ id }) => id);
  const headers = { authorization: `Bearer ${adminTokens[0]}` };
  const ask = async (id: string) => {
    const response = await fetch(`${adminUrl}/give-up?route=removed&id=${id}`, { method: 'POST', headers });
    return [response.status, await response.json()];
  };
  expect(await ask('none')).toMatchObject([400, { error: expect.stringContaining('id ') }]);
  expect(await ask(second ?? '')).toEqual([200, { deliveries: 1 }]);
  expect(await ask(second ?? '')).toEqual([200, { deliveries: 0 }]);
  await server.stop();
  const give = (id = '') =>
    runInProcess(['give-up', '--route', 'removed', '--id', id], { DATABASE_URL, ROUTES_FILE });
  const wrong = give('none');
  expect([await wrong.exit, wrong.output()]).toEqual([2, expect.stringContaining('--id ')]);
  const right = give(first);
  expect([await right.exit, right.output()]).toEqual([0, 'Gave up: 1 deliveries.\n']);
});
