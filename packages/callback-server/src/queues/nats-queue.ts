import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import { messageHeaders, type OpenQueue, type QueueConnection } from './queue-connection.ts';
import type { NatsTarget } from './queue-target.ts';

/** Milliseconds between pings. Two missing pings end a connection. */
const pingIntervalMs = 10_000;

/** Loads the client of NATS JetStream. Rejects if its packages are not installed. */
export async function loadNats({ url, subject }: NatsTarget): Promise<OpenQueue> {
  const [core, { jetstream, JetStreamApiError }] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
  ]);
  const { connect, headers, errors } = core;
  const options = connectOptions(new URL(url));

  const reasonOf = (error: unknown): unknown => {
    const problem = problemOf(error);
    return problem === undefined ? error : new DeliveryRefusedError(problem);
  };
  const problemOf = (error: unknown): string | undefined => {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof errors.RequestError && cause.isNoResponders()) return 'no stream for the subject';
    if (error instanceof JetStreamApiError) return `stream refuses the message (${error.code})`;
    if (cause instanceof errors.PermissionViolationError) return 'not permitted to publish to the subject';
    if (error instanceof errors.AuthorizationError) return 'broker refuses the credentials';
    // The only argument that depends on the callback is the payload.
    if (error instanceof errors.InvalidArgumentError) return 'message exceeds max_payload of the broker';
    if (error instanceof errors.RequestError || error instanceof errors.ClosedConnectionError)
      return 'connection to the broker lost';
    return error instanceof errors.ConnectionError && !cause ? 'broker refuses the connection' : undefined;
  };

  return async (timeoutMs): Promise<QueueConnection> => {
    const connection = await connect({ ...options, timeout: timeoutMs }).catch((error: unknown) => {
      throw reasonOf(error);
    });
    const stream = jetstream(connection);
    return {
      publish: async (callback) => {
        const messageHeader = headers();
        messageHeader.set('Content-Type', 'application/json');
        for (const [name, value] of Object.entries(messageHeaders(callback))) messageHeader.set(name, value);
        const ack = await stream
          .publish(subject, callback.body, {
            msgID: callback.callbackId,
            headers: messageHeader,
            timeout: timeoutMs,
          })
          .catch((error: unknown) => {
            throw error instanceof SyntaxError ? notConfirmed() : reasonOf(error);
          });
        // Any subscriber of the subject may respond. Only the response of a stream names the stream and a sequence.
        if (!ack.stream || !(ack.seq > 0)) throw notConfirmed();
      },
      closed: connection.closed(),
      close: () => connection.close(),
    };
  };
}

function notConfirmed(): DeliveryRefusedError {
  return new DeliveryRefusedError('response is not from a stream');
}

function connectOptions({ protocol, host, username, password }: URL) {
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers: host,
    name: 'callback-server',
    // The next attempt opens a new connection.
    reconnect: false,
    pingInterval: pingIntervalMs,
    ...(user && (pass ? { user, pass } : { token: user })),
    ...(protocol === 'tls:' && { tls: {} }),
  };
}
