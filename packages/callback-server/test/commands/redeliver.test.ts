import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';

import { startServer, temporaryDatabase } from '../support/running-server.ts';

/** Keeps an accept and a pending of one realm, and an accept of another realm. Returns the command's settings. */
async function keepCallbacks() {
  const path = temporaryDatabase();
  const { server, post } = await startServer({ databaseUrl: `sqlite:${path}` });
  await post('accept', callback('accept', { id: 'one', realmId: 'realm-one' }));
  await post('pending', callback('pending', { id: 'two', realmId: 'realm-one' }));
  await post('accept', callback('accept', { id: 'three', realmId: 'realm-two' }));
  await server.stop();
  const routesFile = join(dirname(path), 'routes.json');
  const route = { name: 'narrow', url: 'http://127.0.0.1:4099', events: ['accept'], realms: ['realm-one'] };
  writeFileSync(routesFile, JSON.stringify([route]));
  return { DATABASE_URL: `sqlite:${path}`, ROUTES_FILE: routesFile };
}

test('redeliver leaves out what the route in ROUTES_FILE does not take', async () => {
  const settings = await keepCallbacks();
  const redeliver = runInProcess(['redeliver', '--route', 'narrow'], settings);
  expect(await redeliver.exit).toBe(0);
  expect(redeliver.output()).toBe('Delivers: 0 dead, 1 missing, 0 taken and 0 overtaken deliveries.\n');
});

test.each([
  [['--route', 'nerrow'], 'FORWARD_URL and ROUTES_FILE give no route "nerrow". Their routes: narrow.'],
  [['--route', 'forward'], 'FORWARD_URL and ROUTES_FILE give no route "forward".'],
  [['--route', 'handler'], '--event is required'],
  [[], '--route is required'],
  [['--route', 'narrow', '--merchant', ''], '--merchant must not be empty'],
  [['--route', 'narrow', '--merchant', 'nobody'], 'Check --id, --merchant and --state'],
])('redeliver refuses %j', async (args, problem) => {
  const redeliver = runInProcess(['redeliver', ...args], await keepCallbacks());
  expect(await redeliver.exit).toBe(2);
  expect(redeliver.output()).toContain(problem);
});

test('redeliver to the handlers needs an event, and delivers the callbacks of that event', async () => {
  const settings = await keepCallbacks();
  const redeliver = runInProcess(['redeliver', '--route', 'handler', '--event', 'accept'], settings);
  expect(await redeliver.exit).toBe(0);
  expect(redeliver.output()).toBe('Delivers: 0 dead, 2 missing, 0 taken and 0 overtaken deliveries.\n');
});
