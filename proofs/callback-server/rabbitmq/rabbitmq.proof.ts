import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallbackServerOptions, createCallbackServer } from '@partner-ecosystem/callback-server';
import { connect, type Options } from 'amqplib';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { exampleCallback } from '../load/example-callback.ts';
import { startRabbitMq } from './rabbitmq-broker.ts';

const token = 'not-a-real-callback-token';
const deliveryDelaysMs = new Array<number>(1000).fill(20);
let broker: Awaited<ReturnType<typeof startRabbitMq>>;

beforeAll(async () => {
  broker = await startRabbitMq();
});
afterAll(() => broker.remove());

const eventually = (assertions: () => Promise<void>) => vi.waitFor(assertions, { timeout: 240_000 });

/** Connects as another program does, for the time of one use. */
async function use<Result>(
  action: (channel: Awaited<ReturnType<typeof openChannel>>['channel']) => Promise<Result>,
): Promise<Result> {
  const { connection, channel } = await openChannel();
  try {
    return await action(channel);
  } finally {
    await connection.close();
  }
}

async function openChannel() {
  const connection = await connect(broker.url);
  return { connection, channel: await connection.createChannel() };
}

/** Declares a durable queue of its own for a test. */
async function declareQueue(name: string, settings: Options.AssertQueue = {}): Promise<void> {
  await use((channel) => channel.assertQueue(name, { durable: true, ...settings }));
}

/** Takes all messages out of a queue. */
function messagesOf(queue: string) {
  return use(async (channel) => {
    const messages = [];
    for (;;) {
      const message = await channel.get(queue, { noAck: true });
      if (!message) return messages;
      messages.push(message);
    }
  });
}

async function startServer(routes: NonNullable<CallbackServerOptions['routes']>) {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  const shown: unknown[] = [];
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${join(folder, 'callbacks.db')}`,
    callbackTokens: [token],
    port: 0,
    adminPort: 0,
    graceMs: 1000,
    deliveryDelaysMs,
    routes,
    onEvent: (event) => shown.push(event),
  });
  const { url } = await server.start();
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const post = async (body: string) => {
    const response = await fetch(`${url}/callbacks/${token}/accept`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
  };
  const deliveries = async () => (await server.callbacks.list())[0]?.deliveries ?? [];
  const outcomes = async () =>
    (await deliveries()).flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome));
  return {
    server,
    shown,
    post,
    deliveries,
    waitForOutcome: (outcome: string) => eventually(async () => expect(await outcomes()).toContain(outcome)),
    waitUntilTaken: () =>
      eventually(async () => expect((await deliveries()).map(({ state }) => state)).toEqual(['taken'])),
  };
}

test('a queue stores the exact bytes as a persistent message with the id, the event and the verdict', async () => {
  await declareQueue('exact');
  const { server, post, waitUntilTaken } = await startServer([
    { name: 'archive', url: broker.url, exchange: '', routingKey: 'exact' },
  ]);
  const body = `${exampleCallback('ünïcode')} \n`;
  await post(body);
  await waitUntilTaken();
  const [message, ...others] = await messagesOf('exact');
  expect(others).toEqual([]);
  expect(message?.content.toString()).toBe(body);
  const [{ id } = { id: '' }] = await server.callbacks.list();
  expect(message?.properties).toMatchObject({
    messageId: id,
    deliveryMode: 2,
    contentType: 'application/json',
    headers: { 'Callback-Event': 'accept', 'Callback-Verdict': 'valid' },
  });
});

test('a server has one connection for each route, and closes it when it stops', async () => {
  await declareQueue('connections');
  const connections = () =>
    broker.control('--quiet', 'list_connections', 'client_properties').match(/"callback-server"/g)?.length ??
    0;
  const { server, post, waitUntilTaken } = await startServer([
    { name: 'archive', url: broker.url, exchange: '', routingKey: 'connections' },
  ]);
  await eventually(async () => expect(connections()).toBe(0));
  for (const id of ['one', 'two', 'three']) await post(exampleCallback(id));
  await waitUntilTaken();
  expect(connections()).toBe(1);
  await server.stop();
  await eventually(async () => expect(connections()).toBe(0));
});

test('a message that no queue gets is not taken until a queue is bound', async () => {
  const { post, deliveries, waitForOutcome, waitUntilTaken } = await startServer([
    { name: 'archive', url: broker.url, exchange: 'amq.direct', routingKey: 'later' },
  ]);
  await post(exampleCallback('one'));
  await waitForOutcome('unroutable: no queue is bound for the routing key');
  expect((await deliveries())[0]?.state).not.toBe('taken');
  await declareQueue('late');
  await use((channel) => channel.bindQueue('late', 'amq.direct', 'later'));
  await waitUntilTaken();
  expect(await messagesOf('late')).toHaveLength(1);
});

test('an exchange that is missing is a failure until it exists', async () => {
  const { post, waitForOutcome, waitUntilTaken } = await startServer([
    { name: 'archive', url: broker.url, exchange: 'partner', routingKey: '' },
  ]);
  await post(exampleCallback('one'));
  await waitForOutcome('exchange not found');
  await declareQueue('partner');
  await use(async (channel) => {
    await channel.assertExchange('partner', 'fanout', { durable: true });
    await channel.bindQueue('partner', 'partner', '');
  });
  await waitUntilTaken();
});

test('a queue that refuses a message is a failure', async () => {
  await declareQueue('full', { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } });
  const { post, waitForOutcome } = await startServer([
    { name: 'archive', url: broker.url, exchange: '', routingKey: 'full' },
  ]);
  await post(exampleCallback('one'));
  await waitForOutcome('queue refuses the message');
});

test('a message that is larger than the broker allows is a failure', async () => {
  await declareQueue('large');
  const { post, waitForOutcome } = await startServer([
    { name: 'archive', url: broker.url, exchange: '', routingKey: 'large' },
  ]);
  await post(`${exampleCallback('one')}${' '.repeat(70_000)}`);
  await waitForOutcome('broker refuses the message (406)');
});

test('without a confirmation of the broker, a callback is not taken', async () => {
  await declareQueue('held');
  const { post, deliveries, waitForOutcome, waitUntilTaken } = await startServer([
    { name: 'archive', url: broker.url, exchange: '', routingKey: 'held', timeoutMs: 1000 },
  ]);
  await post(exampleCallback('one'));
  await waitUntilTaken();
  // With the limit 0 the broker has no memory left, and reads nothing more from connections that publish.
  broker.control('set_vm_memory_high_watermark', '0');
  await post(exampleCallback('two'));
  await waitForOutcome('took longer than 1000 ms');
  expect((await deliveries())[0]?.state).not.toBe('taken');
  broker.control('set_vm_memory_high_watermark', '0.4');
  await waitUntilTaken();
  const ids = new Set((await messagesOf('held')).map(({ properties }) => properties.messageId));
  expect(ids.size).toBe(2);
});

test('refused credentials and virtual hosts are failures, and are shown nowhere', async () => {
  const archive = { exchange: '', routingKey: 'any' };
  const { server, post, shown, deliveries } = await startServer([
    { ...archive, name: 'host', url: `${broker.url}/canary` },
    { ...archive, name: 'password', url: `amqp://app:canary@${broker.host}` },
    { ...archive, name: 'tls', url: `amqps://app:canary@${broker.host}` },
  ]);
  await post(exampleCallback('one'));
  await eventually(async () => {
    const outcomes = (await deliveries()).map(({ attempts }) => attempts[0]?.outcome);
    expect(outcomes).toEqual([
      'broker refuses the virtual host',
      'broker refuses the credentials',
      expect.stringMatching(/^(TLS failed|connection reset)/),
    ]);
  });
  const text = JSON.stringify([shown, await server.callbacks.list(), await server.metrics()]);
  expect(text).toContain('password');
  expect(text).not.toContain('canary');
});

test('a callback that a stopped broker misses is taken after the restart, and confirmed messages are kept', async () => {
  await declareQueue('restart');
  const { post, deliveries, waitForOutcome, waitUntilTaken } = await startServer([
    { name: 'archive', url: broker.url, exchange: '', routingKey: 'restart' },
  ]);
  await post(exampleCallback('one'));
  await waitUntilTaken();
  await broker.stop();
  await post(exampleCallback('two'));
  await waitForOutcome('connection refused (ECONNREFUSED)');
  expect((await deliveries())[0]?.state).not.toBe('taken');
  await broker.start();
  await waitUntilTaken();
  const bodies = (await messagesOf('restart')).map(({ content }) => content.toString());
  expect(bodies).toEqual([exampleCallback('one'), exampleCallback('two')]);
});
