import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/index.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { newest, waitForOutcome, waitUntilTaken } from '../support/newest-delivery.ts';
import { startServer } from '../support/running-server.ts';

const topic = 'callbacks.partner';
const deliveryDelaysMs = new Array<number>(1000).fill(20);

test('a topic stores the exact bytes with the merchant as key, and the id, the event and the verdict', async () => {
  const broker = await startKafkaBroker();
  const routes = [{ name: 'archive', url: broker.url, topic, events: ['accept', 'pending'] as const }];
  const { server, post } = await startServer({ routes });
  expect(broker.logged('Created topic "callbacks')).toBe(0);
  const body = `${callback('accept', { id: 'one', name: 'Ünïcode Example' })} \n`;
  await post('accept', body);
  await post('reject', callback('reject'));
  await post('pending', callback('pending', { id: 'other', actionTime: 'soon' }));
  await eventually(async () => {
    const states = (await server.callbacks.list()).map(({ deliveries }) => deliveries[0]?.state);
    expect(states).toEqual(['taken', undefined, 'taken']);
  });
  const messages = await broker.messages(topic);
  expect(messages).toHaveLength(2);
  const [accepted] = messages.filter(({ header }) => header('Callback-Event') === 'accept');
  expect(accepted).toMatchObject({ payload: body, key: 'one' });
  expect(accepted?.header('Content-Type')).toBe('application/json');
  const ids = (await server.callbacks.list()).map(({ id }) => id);
  expect(ids).toContain(accepted?.header('Callback-Id'));
  expect(messages.map(({ header }) => header('Callback-Verdict')).sort()).toEqual(['drift', 'valid']);
  await server.stop();
  await eventually(() => expect(broker.logged(' closed: ')).toBeGreaterThan(0));
});

test('the callbacks of a merchant have one partition and keep their order', async () => {
  const broker = await startKafkaBroker();
  const { server, post } = await startServer({ routes: [{ name: 'archive', url: broker.url, topic }] });
  const merchants = ['one', 'two', 'three', 'four', 'five'];
  for (const event of ['pending', 'reject', 'accept'] as const)
    for (const id of merchants) await post(event, callback(event, { id }));
  await eventually(async () => {
    const states = (await server.callbacks.list()).map(({ deliveries }) => deliveries[0]?.state);
    expect(new Set(states)).toEqual(new Set(['taken']));
  });
  const messages = await broker.messages(topic);
  for (const id of merchants) {
    const own = messages.filter(({ key }) => key === id);
    expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
    expect(own.map(({ header }) => header('Callback-Event'))).toEqual(['pending', 'reject', 'accept']);
  }
  expect(new Set(messages.map(({ partition }) => partition)).size).toBeGreaterThan(1);
});

test('a delivery is taken only when the broker confirms the message, and repeated attempts have one id', async () => {
  const broker = await startKafkaBroker();
  const routes = [{ name: 'archive', url: broker.url, topic, timeoutMs: 1000 }];
  const { server, post } = await startServer({ routes, deliveryDelaysMs });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  await broker.suspend();
  onTestFinished(broker.resume);
  await post('accept', callback('accept', { id: 'two' }));
  await waitForOutcome(server, 'took longer than 1000 ms');
  expect((await newest(server)).state).not.toBe('taken');
  broker.resume();
  await waitUntilTaken(server);
  const ids = (await broker.messages(topic)).map(({ header }) => header('Callback-Id'));
  const callbacks = await server.callbacks.list();
  expect(new Set(ids)).toEqual(new Set(callbacks.map(({ id }) => id)));
});

test('callbacks that a stopped broker misses stay due, and are taken after the restart', async () => {
  const broker = await startKafkaBroker();
  const routes = [{ name: 'archive', url: broker.url, topic }];
  const { server, post } = await startServer({ routes, deliveryDelaysMs });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  await broker.stop();
  await post('accept', callback('accept', { id: 'two' }));
  await waitForOutcome(server, 'connection refused (ECONNREFUSED)');
  expect((await newest(server)).state).not.toBe('taken');
  await broker.start();
  await waitUntilTaken(server);
  const stored = (await broker.messages(topic)).map(({ key }) => key);
  expect(stored).toEqual(['two']);
});

test('a broker that ends during an attempt is a failure, and one of several brokers is enough', async () => {
  const broker = await startKafkaBroker();
  const url = `kafka://127.0.0.1:1,${broker.host}`;
  const { server, post } = await startServer({
    routes: [{ name: 'archive', url, topic }],
    deliveryDelaysMs,
  });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  await broker.suspend();
  await post('accept', callback('accept', { id: 'two' }));
  await eventually(async () => expect((await newest(server)).state).toBe('claimed'));
  await broker.stop();
  await waitForOutcome(server, 'connection to the broker lost');
  await broker.start();
  await waitUntilTaken(server);
});

test('a stop ends an attempt that waits for a broker, and the outcome is recorded', async () => {
  const broker = await startKafkaBroker();
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startServer({
    routes: [{ name: 'archive', url: broker.url, topic }],
    onEvent: (event) => events.push(event),
    graceMs: 200,
  });
  await post('accept', callback('accept', { id: 'one' }));
  await waitUntilTaken(server);
  await broker.suspend();
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
