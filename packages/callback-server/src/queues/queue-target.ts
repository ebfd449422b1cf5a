/** A subject of NATS JetStream. */
export interface NatsTarget {
  /**
   * URL of the NATS server: `nats://host:4222`, or `tls://host:4222` to require TLS. Credentials are part of the URL:
   * `nats://user:password@host` or `nats://token@host`.
   */
  readonly url: string;

  /** Subject that callbacks are published to. A stream has to store it. */
  readonly subject: string;
}

/** An exchange of RabbitMQ. */
export interface AmqpTarget {
  /** URL of RabbitMQ: `amqp://user:password@host:5672/vhost`, or `amqps://` for TLS. */
  readonly url: string;

  /** Exchange that callbacks are published to. Empty for the default exchange, whose routing keys are names of queues. */
  readonly exchange: string;

  /** Routing key of each message. */
  readonly routingKey: string;
}

/** Members of a route that only a queue has. */
export const queueMembers = {
  nats: ['subject'],
  amqp: ['exchange', 'routingKey'],
} as const satisfies { nats: readonly (keyof NatsTarget)[]; amqp: readonly (keyof AmqpTarget)[] };

type QueueKind = keyof typeof queueMembers;

const queueOf: Readonly<Record<string, QueueKind>> = {
  'nats:': 'nats',
  'tls:': 'nats',
  'amqp:': 'amqp',
  'amqps:': 'amqp',
};

/** Kind of the queue that a URL names; `undefined` if it names none. */
export function queueOfUrl(url: string): QueueKind | undefined {
  return URL.canParse(url) ? queueOf[new URL(url).protocol] : undefined;
}

/** What is wrong with the URL of a broker; `undefined` if it is acceptable. Never quotes the URL. */
export function problemOfQueueUrl(text: string): string | undefined {
  const url = new URL(text);
  if (!url.hostname) return 'must name a host.';
  if (url.search || url.hash) return 'must have no query and no fragment.';
  try {
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`);
  } catch {
    return 'must be percent-encoded: write % as %25.';
  }
  if (url.password && !url.username) return 'must have a user name before the password.';
  const segments = url.pathname.split('/').length - 1;
  if (queueOfUrl(text) === 'nats' && url.pathname.length > 1) return 'must have no path.';
  return segments > 1 ? 'must have one virtual host as its path. Write / in its name as %2F.' : undefined;
}

/** What is wrong with a subject to publish to; `undefined` if it is acceptable. */
export function problemOfSubject(text: string): string | undefined {
  return /^[^\s.*>]+(\.[^\s.*>]+)*$/.test(text)
    ? undefined
    : 'must be a subject without spaces and wildcards, such as callbacks.partner.';
}

const maxNameBytes = 255;

/** What is wrong with the name of an exchange or a routing key; `undefined` if it is acceptable. */
export function problemOfAmqpName(text: string): string | undefined {
  return Buffer.byteLength(text) > maxNameBytes ? `must have at most ${maxNameBytes} bytes.` : undefined;
}
