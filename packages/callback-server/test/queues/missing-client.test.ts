import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createCallbackServer } from '../../src/index.ts';
import { token } from '../support/callbacks.ts';
import { run } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { withoutPackage } from '../support/without-package.ts';

const natsRoute = { name: 'ledger', url: 'nats://canary@127.0.0.1:1', subject: 'callbacks' };
const amqpRoute = { name: 'archive', url: 'amqp://a:canary@127.0.0.1:1', exchange: '', routingKey: 'q' };
const kafkaRoute = { name: 'lake', url: 'kafka://a:canary@127.0.0.1:1', topic: 'callbacks' };
const both = '@nats-io/transport-node @nats-io/jetstream';

/** Writes a file of routes beside a database that does not exist yet. */
function environmentOf(routes: readonly object[], missing = ''): Record<string, string> {
  const database = temporaryDatabase();
  const file = join(dirname(database), 'routes.json');
  writeFileSync(file, JSON.stringify(routes));
  return {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${database}`,
    PORT: '0',
    ADMIN_PORT: '0',
    ROUTES_FILE: file,
    ...withoutPackage(missing),
  };
}

test.each([
  ['@nats-io/transport-node', 'ledger', both],
  ['@nats-io/jetstream', 'ledger', both],
  ['amqplib', 'archive', 'amqplib'],
  ['@platformatic/kafka', 'lake', '@platformatic/kafka'],
])('without %s, the start names the route and what to install', async (missing, route, packages) => {
  const server = run(['serve'], environmentOf([natsRoute, amqpRoute, kafkaRoute], missing));
  expect(await server.exit).toBe(2);
  expect(server.output()).toContain(
    `ROUTES_FILE: route "${route}" needs a client that is not installed. Install it: npm install ${packages}\n`,
  );
  expect(server.output()).not.toContain('canary');
});

test('a client that no route needs can be missing', async () => {
  const server = run(['serve'], environmentOf([amqpRoute], '@nats-io/transport-node'));
  const { routes } = (await server.listening) as { routes?: unknown };
  expect(routes).toEqual(['archive']);
  expect(server.output()).not.toContain('canary');
});

test('the doctor connects to queues, and says what fails', async () => {
  const doctor = run(['doctor'], environmentOf([natsRoute, amqpRoute, kafkaRoute], 'amqplib'));
  expect(await doctor.exit).toBe(1);
  expect(doctor.output()).toMatch(
    /^failure {2}route ledger: cannot be used: connection refused \(ECONNREFUSED\)/m,
  );
  expect(doctor.output()).toMatch(
    /^failure {2}route lake: cannot be used: connection refused \(ECONNREFUSED\)/m,
  );
  expect(doctor.output()).toMatch(/^failure {2}route archive: .*npm install amqplib$/m);
  expect(doctor.output()).not.toContain('canary');
});

test('the error about two routes with the same name names the setting of the routes', async () => {
  const environment = environmentOf([{ name: 'forward', url: 'http://127.0.0.1:4000' }]);
  const server = run(['serve'], { ...environment, FORWARD_URL: 'http://127.0.0.1:4000' });
  expect(await server.exit).toBe(2);
  expect(server.output()).toMatch(/^ROUTES_FILE: two routes have the name "forward"/m);
});

test.each([
  [
    { ...natsRoute, url: 'http://127.0.0.1:4000' },
    'routes: route 1 has an unknown property. Properties of a route with this kind of URL: name, url, events',
  ],
  [
    { ...amqpRoute, url: natsRoute.url },
    'routes: route 1 has an unknown property. Properties of a route with this kind of URL: name, url, events',
  ],
  [{ name: 'ledger', url: natsRoute.url }, 'routes: route 1 must have the property subject.'],
  [{ name: 'lake', url: kafkaRoute.url }, 'routes: route 1 must have the property topic.'],
  [{ ...natsRoute, subject: 'a b' }, 'routes: route 1, subject: must be a subject'],
])('options of a queue that do not fit are refused: %#', async (route, problem) => {
  await expect(createCallbackServer({ callbackTokens: [token], routes: [route] })).rejects.toThrow(problem);
});
