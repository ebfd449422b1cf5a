import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startNatsBroker } from '../support/nats-broker.ts';
import { newest, waitForOutcome, waitUntilTaken } from '../support/newest-delivery.ts';
import { run } from '../support/running-binary.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const subject = 'callbacks.partner';
const deliveryDelaysMs = new Array<number>(1000).fill(20);

test('a stream stores the exact bytes with the id, the event and the verdict, over one connection', async () => {
  const broker = await startNatsBroker();
  await broker.addStream('callbacks.>');
  const routes = [{ name: 'ledger', url: broker.url, subject, events: ['accept', 'pending'] as const }];
  const { server, post } = await startServer({ routes });
  expect(broker.logged('callback-server')).toBe(0);
  const body = `${callback('accept', { id: 'ünïcode' })} \n`;
  await post('accept', body);
  await post('reject', callback('reject'));
  await post('pending', callback('pending', { actionTime: 'soon' }));
  await eventually(async () => expect(await broker.messages()).toHaveLength(2));
  await waitUntilTaken(server);
  const messages = await broker.messages();
  const [accepted] = messages.filter(({ header }) => header('Callback-Event') === 'accept');
  expect(accepted?.body).toBe(body);
  const ids = (await server.callbacks.list()).map(({ id }) => id);
  expect(ids).toContain(accepted?.header('Nats-Msg-Id'));
  expect(messages.map(({ header }) => header('Callback-Verdict')).sort()).toEqual(['drift', 'valid']);
  await server.stop();
  const ended = () => broker.logged('callback-server" - Client connection closed: Client Closed');
  await eventually(() => expect(ended()).toBe(1));
});

test('a delivery is taken only when the broker confirms the message, and repeated attempts are stored once', async () => {
  const broker = await startNatsBroker();
  await broker.addStream(subject);
  const routes = [{ name: 'ledger', url: broker.url, subject, timeoutMs: 1000 }];
  const { server, post } = await startServer({ routes, deliveryDelaysMs });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  broker.suspend();
  onTestFinished(broker.resume);
  await post('accept', callback('accept', { id: 'two' }));
  // The message of this attempt waits in the connection. The broker reads it later, before the message of the next attempt.
  await waitForOutcome(server, 'took longer than 1000 ms');
  expect((await newest(server)).state).not.toBe('taken');
  broker.resume();
  await waitUntilTaken(server);
  expect(await broker.messages()).toHaveLength(2);
});

test('callbacks that a stopped broker misses stay due, and are taken after the restart', async () => {
  const broker = await startNatsBroker();
  await broker.addStream(subject);
  const routes = [{ name: 'ledger', url: broker.url, subject }];
  const { server, post } = await startServer({ routes, deliveryDelaysMs });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  await broker.stop();
  await post('accept', callback('accept', { id: 'two' }));
  await waitForOutcome(server, 'connection refused (ECONNREFUSED)');
  expect((await newest(server)).state).not.toBe('taken');
  await broker.start();
  await waitUntilTaken(server);
  const stored = (await broker.messages()).map(({ body }) => JSON.parse(body).merchantData.id);
  expect(stored).toEqual(['one', 'two']);
});

test('a stop ends an attempt that waits for a broker, and the outcome is recorded', async () => {
  const broker = await startNatsBroker();
  await broker.addStream(subject);
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startServer({
    routes: [{ name: 'ledger', url: broker.url, subject }],
    onEvent: (event) => events.push(event),
    graceMs: 200,
  });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  broker.suspend();
  onTestFinished(broker.resume);
  await post('accept', callback('accept', { id: 'two' }));
  await eventually(async () => expect((await newest(server)).state).toBe('claimed'));
  await server.stop();
  // A stop waits one second for brokers. A busy machine may record the outcome later.
  await eventually(() =>
    expect(events.map(({ type }) => type)).toEqual(['kept', 'attempt', 'kept', 'attempt']),
  );
  expect(events.at(-1)).toMatchObject({ outcome: 'connection to the broker lost' });
});

test('a subject that no stream stores is a failure, even if a subscriber responds', async () => {
  const broker = await startNatsBroker();
  const { server, post } = await startServer({
    routes: [{ name: 'ledger', url: broker.url, subject }],
    deliveryDelaysMs,
  });
  await post('accept', callback('accept'));
  await waitForOutcome(server, 'no stream for the subject');
  const subscriber = await broker.connect();
  const responses = ['{}', 'thank you', '{"stream":"","seq":0}'];
  let responded = 0;
  subscriber.subscribe(subject, {
    callback: (_, message) => void message.respond(responses[responded++ % responses.length]),
  });
  await eventually(() => expect(responded).toBeGreaterThan(responses.length));
  await waitForOutcome(server, 'response is not from a stream');
  expect((await newest(server)).state).not.toBe('taken');
  await subscriber.close();
  await broker.addStream(subject);
  await waitUntilTaken(server);
});

test.each([
  ['a forbidden subject', 'forbidden.subject', '', 'not permitted to publish to the subject'],
  ['a large message', subject, 'max_payload: 512', 'message exceeds max_payload of the broker'],
])('%s is a failure whose outcome names the cause', async (_, toSubject, settings, outcome) => {
  const broker = await startNatsBroker({ settings });
  const routes = [{ name: 'ledger', url: broker.url, subject: toSubject }];
  const { server, post } = await startServer({ routes, deliveryDelaysMs });
  await post('accept', callback('accept'));
  await waitForOutcome(server, outcome);
});

test('a stream that refuses a message is a failure with the code of the broker', async () => {
  const broker = await startNatsBroker();
  await broker.addStream(subject, { max_msg_size: 16 });
  const routes = [{ name: 'ledger', url: broker.url, subject }];
  const { server, post } = await startServer({ routes, deliveryDelaysMs });
  await post('accept', callback('accept'));
  await waitForOutcome(server, 'stream refuses the message (10054)');
});

test('refused credentials are a failure, and are shown nowhere', async () => {
  const broker = await startNatsBroker();
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startServer({
    routes: [
      { name: 'wrong-password', url: `nats://app:canary-one@${broker.host}`, subject },
      { name: 'wrong-token', url: `nats://canary-two@${broker.host}`, subject },
      { name: 'without-tls', url: `tls://app:canary-three@${broker.host}`, subject },
    ],
    onEvent: (event) => events.push(event),
  });
  await post('accept', callback('accept'));
  const failures = await eventually(async () => {
    const [first] = await server.callbacks.list();
    const outcomes = first?.deliveries.map(({ route, attempts }) => [route, attempts[0]?.outcome]);
    expect(outcomes?.every(([, outcome]) => outcome)).toBe(true);
    return outcomes;
  });
  expect(failures).toEqual([
    ['without-tls', 'broker refuses the connection'],
    ['wrong-password', 'broker refuses the credentials'],
    ['wrong-token', 'broker refuses the credentials'],
  ]);
  const shown = JSON.stringify([events, await server.callbacks.list(), await server.metrics()]);
  expect(shown).toContain('wrong-password');
  expect(shown).not.toContain('canary');
});

test('a token is the user name of the URL', async () => {
  const broker = await startNatsBroker({ authorization: 'token: "not/a real@token"' });
  await broker.addStream(subject);
  const url = `nats://${encodeURIComponent('not/a real@token')}@${broker.host}`;
  const { server, post } = await startServer({ routes: [{ name: 'ledger', url, subject }] });
  await post('accept', callback('accept'));
  await waitUntilTaken(server);
});

test('TLS needs a trusted certificate', async () => {
  const { key, certificate } = createIdentity();
  const folder = dirname(temporaryDatabase());
  const inFolder = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const certificateFile = inFolder('certificate', certificate);
  const broker = await startNatsBroker({
    settings: `tls { cert_file: "${certificateFile}", key_file: "${inFolder('key', key)}" }`,
  });
  const url = broker.url.replace('nats://', 'tls://').replace('127.0.0.1', 'localhost');
  const environment = {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${join(folder, 'callbacks.db')}`,
    ROUTES_FILE: inFolder('routes.json', JSON.stringify([{ name: 'ledger', url, subject }])),
  };
  const stranger = run(['doctor'], environment);
  await stranger.exit;
  expect(stranger.output()).toMatch(
    /^failure {2}route ledger: cannot be used: TLS failed \(DEPTH_ZERO_SELF/m,
  );
  const friend = run(['doctor'], { ...environment, NODE_EXTRA_CA_CERTS: certificateFile });
  await friend.exit;
  expect(friend.output()).toMatch(/^ok {7}route ledger: is reached, and accepts the credentials/m);
});
