import type { ConfirmChannel } from 'amqplib';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import { messageHeaders, type OpenQueue, type QueueConnection } from './queue-connection.ts';
import type { AmqpTarget } from './queue-target.ts';

/** Seconds between heartbeats. Two missing heartbeats end a connection. */
const heartbeatSeconds = 10;

/** What each code means with which RabbitMQ closes a channel. */
const channelProblems: Readonly<Record<number, string>> = {
  403: 'not permitted to publish to the exchange',
  404: 'exchange not found',
};

/** Loads the client of RabbitMQ. Rejects if its package is not installed. */
export async function loadAmqp(target: AmqpTarget): Promise<OpenQueue> {
  const { connect } = await import('amqplib');
  const options = connectOptions(new URL(target.url));
  return async (timeoutMs): Promise<QueueConnection> => {
    const connection = await connect(options, {
      timeout: timeoutMs,
      noDelay: true,
      clientProperties: { connection_name: 'callback-server' },
    }).catch((error: unknown) => {
      throw connectError(error);
    });
    const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()));
    // An `error` event without a listener would end the process. The event `close` follows.
    connection.on('error', () => {});
    const close = () => connection.close().catch(() => {});
    try {
      const channel = await connection.createConfirmChannel();
      // A channel that RabbitMQ closes is replaced together with its connection.
      channel.once('close', close);
      return { publish: createPublish(channel, target), closed, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
}

function createPublish(
  channel: ConfirmChannel,
  { exchange, routingKey }: AmqpTarget,
): QueueConnection['publish'] {
  let channelProblem = 'connection to the broker lost';
  channel.on('error', ({ code }: { code?: number }) => {
    if (code !== undefined) channelProblem = channelProblems[code] ?? `broker refuses the message (${code})`;
  });
  /** Ids of the messages that fit no queue. RabbitMQ returns a message before it confirms it. */
  const returned = new Set<string>();
  channel.on('return', ({ properties: { messageId } }) => returned.add(String(messageId)));

  return async (callback) => {
    const { callbackId: messageId, body } = callback;
    const settings = {
      messageId,
      mandatory: true,
      persistent: true,
      contentType: 'application/json',
      headers: messageHeaders(callback),
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    try {
      const content = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      channel.publish(exchange, routingKey, content, settings, (error) =>
        error ? reject(error) : resolve(),
      );
      await promise;
    } catch (error) {
      const isRefused = error instanceof Error && error.message === 'message nacked';
      throw new DeliveryRefusedError(isRefused ? 'queue refuses the message' : channelProblem);
    }
    if (returned.delete(messageId))
      throw new DeliveryRefusedError('unroutable: no queue is bound for the routing key');
  };
}

/** The client's errors of the handshake have no code. The beginnings of their messages tell them apart. */
function connectError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  if (/^Handshake terminated by server: 403/.test(message))
    return new DeliveryRefusedError('broker refuses the credentials');
  if (message.startsWith('Expected ConnectionOpenOk'))
    return new DeliveryRefusedError('broker refuses the virtual host');
  if (message === 'connect ETIMEDOUT') return new DeliveryRefusedError('timeout of the connection');
  return /^Socket closed|^Invalid frame|^Expected /.test(message)
    ? new DeliveryRefusedError('response is not AMQP 0-9-1')
    : error;
}

function connectOptions({ protocol, hostname, port, username, password, pathname }: URL) {
  return {
    protocol: protocol.slice(0, -1),
    hostname: hostname.replace(/^\[|\]$/g, ''),
    ...(port && { port: Number(port) }),
    ...(username && { username: decodeURIComponent(username), password: decodeURIComponent(password) }),
    vhost: decodeURIComponent(pathname.slice(1)) || '/',
    heartbeat: heartbeatSeconds,
  };
}
