import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerEvent, CallbackServerOptions } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { run } from '../support/running-binary.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { startScriptedKafka } from '../support/scripted-kafka.ts';

const topic = 'callbacks';

/** Delivers a callback once to each route, and returns the outcomes by route, and everything that was shown. */
async function outcomesOf(routes: NonNullable<CallbackServerOptions['routes']>) {
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startServer({ routes, onEvent: (event) => events.push(event) });
  await post('accept', callback('accept', { id: 'one' }));
  const outcomes = await eventually(async () => {
    const [first] = await server.callbacks.list();
    const found =
      first?.deliveries.map(({ route, attempts }) => [route, attempts[0]?.outcome] as const) ?? [];
    expect(found.every(([, outcome]) => outcome)).toBe(true);
    return Object.fromEntries(found);
  });
  return { outcomes, shown: JSON.stringify([events, await server.callbacks.list(), await server.metrics()]) };
}

test.each([
  ['a topic that is missing', { metadata: 3 }, 'topic not found'],
  ['a forbidden topic', { metadata: 29 }, 'not permitted to publish to the topic'],
  ['a read-only topic', { produce: 29 }, 'not permitted to publish to the topic'],
  ['a large message', { produce: 10 }, 'message is larger than the topic allows'],
  ['a leader that has moved', { produce: 6 }, 'broker responds NOT_LEADER_OR_FOLLOWER'],
  ['too few replicas', { produce: 19 }, 'broker responds NOT_ENOUGH_REPLICAS'],
])('%s is a failure whose outcome names the cause', async (_, script, outcome) => {
  const broker = await startScriptedKafka(script);
  const { outcomes } = await outcomesOf([{ name: 'archive', url: `kafka://${broker.host}`, topic }]);
  expect(outcomes).toEqual({ archive: outcome });
});

test('an attempt asks for a confirmation of all replicas, once, and never creates the topic', async () => {
  const broker = await startScriptedKafka();
  const { outcomes } = await outcomesOf([{ name: 'archive', url: `kafka://${broker.host}`, topic }]);
  expect(outcomes).toEqual({ archive: 'taken' });
  // The number of confirmations follows a null transaction id. -1 asks for the confirmations of all replicas.
  expect(broker.requests('produce').map((request) => request.readInt16BE(2))).toEqual([-1]);
  const creations = broker.requests('metadata').map((request) => request.at(-1));
  expect(new Set(creations)).toEqual(new Set([0]));
});

test('credentials are presented by SASL, refused credentials are a failure, and no output shows them', async () => {
  const friend = await startScriptedKafka();
  const stranger = await startScriptedKafka({ authenticate: 58 });
  const scramOnly = await startScriptedKafka({ handshake: 33 });
  const { outcomes, shown } = await outcomesOf([
    { name: 'right', url: `kafka://app:not%2Freal%40canary@${friend.host}`, topic },
    { name: 'wrong', url: `kafka://app:canary@${stranger.host}`, topic },
    {
      name: 'mechanism',
      url: `kafka://app:canary@${scramOnly.host}`,
      topic,
      mechanism: 'SCRAM-SHA-512',
    },
  ]);
  expect(outcomes).toEqual({
    right: 'taken',
    wrong: 'broker refuses the credentials',
    mechanism: 'broker refuses the SASL mechanism',
  });
  expect(friend.requests('authenticate')[0]?.toString('utf8', 4)).toBe('\0app\0not/real@canary');
  expect(friend.requests('handshake')[0]?.toString('utf8', 2)).toBe('PLAIN');
  expect(scramOnly.requests('handshake')[0]?.toString('utf8', 2)).toBe('SCRAM-SHA-512');
  expect(shown).toContain('mechanism');
  expect(shown).not.toContain('canary');
});

test('a broker with other TLS settings, and a server that is no broker, are failures that name the cause', async () => {
  const encrypted = await startScriptedKafka({ identity: createIdentity() });
  const web = await listenOnFreePort(createHttpServer());
  onTestFinished(web.close);
  // A TLS alert to a client without TLS, and an empty response whose length and id are right.
  const alert = await startTalker(Buffer.from('15030300020246', 'hex'));
  const empty = await startTalker(Buffer.from('0000000400000001', 'hex'));
  const { outcomes } = await outcomesOf([
    { name: 'needs-tls', url: `kafka://${encrypted.host}`, topic },
    { name: 'says-so', url: `kafka://${alert}`, topic },
    { name: 'web', url: web.url.replace('http:', 'kafka:'), topic },
    { name: 'empty', url: `kafka://${empty}`, topic },
    { name: 'untrusted', url: `kafkas://${encrypted.host}`, topic },
    { name: 'nobody', url: 'kafka://127.0.0.1:1', topic },
  ]);
  expect(outcomes).toEqual({
    'needs-tls': 'connection closed without a response of Kafka',
    'says-so': 'broker requires TLS',
    web: 'connection closed without a response of Kafka',
    empty: 'response is not from Kafka',
    untrusted: 'TLS failed (DEPTH_ZERO_SELF_SIGNED_CERT)',
    nobody: 'connection refused (ECONNREFUSED)',
  });
});

/** Starts a server that sends `words` whenever data arrives. Returns its host and port. */
async function startTalker(words: Buffer): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write(words));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // A server that listens on a port has no other kind of address.
  return `127.0.0.1:${port}`;
}

test('the doctor refuses an untrusted certificate, and names the problem of each route', async () => {
  const identity = createIdentity();
  const broker = await startScriptedKafka({ identity });
  const missing = await startScriptedKafka({ metadata: 3 });
  const folder = dirname(temporaryDatabase());
  const inFolder = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const routes = [
    { name: 'archive', url: `kafkas://app:canary@${broker.host}`, topic },
    { name: 'missing', url: `kafka://app:canary@${missing.host}`, topic },
  ];
  const environment = {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${join(folder, 'callbacks.db')}`,
    ROUTES_FILE: inFolder('routes.json', JSON.stringify(routes)),
  };
  const stranger = run(['doctor'], environment);
  await stranger.exit;
  expect(stranger.output()).toMatch(
    /^failure {2}route archive: cannot be used: TLS failed \(DEPTH_ZERO_SELF/m,
  );
  expect(stranger.output()).toMatch(/^failure {2}route missing: cannot be used: topic not found/m);
  const certificate = inFolder('certificate', identity.certificate);
  const friend = run(['doctor'], { ...environment, NODE_EXTRA_CA_CERTS: certificate });
  await friend.exit;
  expect(friend.output()).toMatch(/^ok {7}route archive: is reached, and accepts the credentials/m);
  expect(friend.output()).not.toContain('canary');
  expect(broker.requests('produce')).toEqual([]);
});
