import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { token } from '../support/callbacks.ts';

function optionsWith(content: string) {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'routes.json');
  writeFileSync(path, content);
  return serveOptions({ CALLBACK_TOKENS: token, ROUTES_FILE: path });
}

const route = { name: 'core-banking', url: 'https://bank.example/callbacks' };

test('serveOptions reads routes with all their properties', () => {
  const full = {
    ...route,
    events: ['accept', 'reject'],
    realms: ['6553f0000000000000000001'],
    secrets: ['whsec_bm90IGEgcmVhbCBzaWduaW5nIHNlY3JldA=='],
    headers: { 'X-Api-Key': 'not-a-real-key' },
    order: 'latest',
    timeoutMs: 5000,
    concurrency: 16,
  };
  expect(optionsWith(JSON.stringify([full, { ...route, name: 'crm' }])).routes).toEqual([
    full,
    { ...route, name: 'crm' },
  ]);
});

test('serveOptions reads a file that begins with a byte order mark', () => {
  expect(optionsWith(`\uFEFF${JSON.stringify([route])}`).routes).toEqual([route]);
});

const natsRoute = {
  name: 'ledger',
  url: 'nats://not-a-real-token@queue.example',
  subject: 'callbacks.partner',
};
const amqpRoute = {
  name: 'archive',
  url: 'amqps://app:not%2Freal@queue.example/partner%2Fone',
  exchange: '',
  routingKey: 'callbacks',
};

const kafkaRoute = {
  name: 'lake',
  url: 'kafkas://app:not%2Freal,password@one.example:9093,two.example,[::1]:9094',
  topic: 'callbacks.partner',
};

test('serveOptions reads routes to queues', () => {
  const routes = [
    natsRoute,
    { ...amqpRoute, events: ['accept'], timeoutMs: 5000 },
    { ...kafkaRoute, mechanism: 'SCRAM-SHA-512' },
    { ...kafkaRoute, name: 'shore', url: 'kafka://one.example' },
  ];
  expect(optionsWith(JSON.stringify(routes)).routes).toEqual(routes);
});

test.each([
  ['no subject', { ...natsRoute, subject: undefined }, 'route 1 must have the property subject.'],
  ['a wildcard', { ...natsRoute, subject: 'callbacks.>' }, 'route 1, subject: must be a subject'],
  [
    'a secret that would sign nothing',
    { ...natsRoute, secrets: ['canary'] },
    'route 1 has an unknown property.',
  ],
  ['a path', { ...natsRoute, url: 'nats://canary@queue.example/path' }, 'route 1, url: must have no path.'],
  ['no host', { ...natsRoute, url: 'nats:canary' }, 'route 1, url: must name a host.'],
  [
    'a broken escape',
    { ...natsRoute, url: 'nats://canary%@queue.example' },
    'route 1, url: must be percent-',
  ],
  ['no user', { ...natsRoute, url: 'nats://:canary@queue.example' }, 'route 1, url: must have a user name'],
  ['no exchange', { ...amqpRoute, exchange: undefined }, 'route 1 must have the property exchange.'],
  ['a subject', { ...amqpRoute, subject: 'canary' }, 'route 1 has an unknown property.'],
  ['a long key', { ...amqpRoute, routingKey: 'x'.repeat(256) }, 'route 1, routingKey: must have at most 255'],
  [
    'a query',
    { ...amqpRoute, url: 'amqp://queue.example?heartbeat=canary' },
    'route 1, url: must have no query',
  ],
  [
    'two paths',
    { ...amqpRoute, url: 'amqp://queue.example/canary/b' },
    'route 1, url: must have one virtual',
  ],
  ['no topic', { ...kafkaRoute, topic: undefined }, 'route 1 must have the property topic.'],
  ['a topic with a space', { ...kafkaRoute, topic: 'canary lake' }, 'route 1, topic: must be a topic of'],
  ['a topic that is a folder', { ...kafkaRoute, topic: '..' }, 'route 1, topic: must be a topic of'],
  ['a long topic', { ...kafkaRoute, topic: 'x'.repeat(250) }, 'route 1, topic: must be a topic of'],
  [
    'an unknown mechanism',
    { ...kafkaRoute, mechanism: 'canary' },
    'route 1, mechanism: must be PLAIN, SCRAM-',
  ],
  [
    'a topic as path',
    { ...kafkaRoute, url: 'kafka://one.example/canary' },
    'route 1, url: must have no path.',
  ],
  [
    'a missing broker',
    { ...kafkaRoute, url: 'kafka://canary@one.example,' },
    'route 1, url: must name a host, and may name a port up to 65535.',
  ],
  [
    'a wrong port',
    { ...natsRoute, url: 'nats://canary:99999' },
    'route 1, url: must name a host, and may name a port up to 65535.',
  ],
  [
    'a wrong port of the second broker',
    { ...kafkaRoute, url: 'kafka://one.example,canary:99999' },
    'route 1, url: must name a host, and may name a port up to 65535.',
  ],
])('serveOptions refuses a route to a queue with %s, and quotes no value', (_, refused, problem) => {
  const content = JSON.stringify([refused]);
  expect(() => optionsWith(content)).toThrow(problem);
  expect(() => optionsWith(content)).not.toThrow('canary');
});

test.each([
  ['no JSON', '[', 'must be the path of a file with JSON.'],
  ['no list', '{}', 'must be the path of a file with a JSON list of routes.'],
  ['a route that is no object', '["x"]', 'route 1 must be an object.'],
  ['a route without a name', JSON.stringify([{ url: route.url }]), 'route 1 must have the property name.'],
  [
    'an unknown property',
    JSON.stringify([{ ...route, event: ['accept'] }]),
    'route 1 has an unknown property.',
  ],
  [
    'an unknown event',
    JSON.stringify([{ ...route, events: ['accpet'] }]),
    'route 1, events: must list events',
  ],
  [
    'a URL with a password',
    JSON.stringify([route, { name: 'b', url: 'https://u:p@x.example' }]),
    'route 2, url:',
  ],
  [
    'a URL of another kind',
    JSON.stringify([{ ...route, url: 'mqtt://x.example' }]),
    'nats, tls, amqp, amqps, kafka or kafkas',
  ],
  ['a weak secret', JSON.stringify([{ ...route, secrets: ['YQ=='] }]), 'route 1, secrets:'],
  [
    'a header of the server',
    JSON.stringify([{ ...route, headers: { 'Webhook-Id': 'x' } }]),
    'route 1, headers:',
  ],
  ['no concurrency', JSON.stringify([{ ...route, concurrency: 0 }]), 'from 1 to 1000'],
  ['one name twice', JSON.stringify([route, route]), 'must give each route its own name.'],
  ['the name of the handlers', JSON.stringify([{ ...route, name: 'handler' }]), 'route 1, name:'],
])('serveOptions refuses %s, and names the setting', (_, content, problem) => {
  expect(() => optionsWith(content)).toThrow(/ROUTES_FILE: /);
  expect(() => optionsWith(content)).toThrow(problem);
});

test('serveOptions refuses a path without a file', () => {
  const environment = { CALLBACK_TOKENS: token, ROUTES_FILE: '/nothing/routes.json' };
  expect(() => serveOptions(environment)).toThrow('ROUTES_FILE: must be the path of a file');
});
