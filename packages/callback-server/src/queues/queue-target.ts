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

/** How Kafka checks a password. */
export const saslMechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** A topic of Kafka. */
export interface KafkaTarget {
  /**
   * URL of one or several brokers: `kafka://user:password@host:9092,other-host:9092`, or `kafkas://` for TLS. The client
   * learns the other brokers of the cluster from any of them.
   */
  readonly url: string;

  /** Topic that callbacks are published to. The topic has to exist. */
  readonly topic: string;

  /**
   * SASL mechanism that presents the credentials of the URL.
   * @default 'PLAIN' if the URL has credentials
   */
  readonly mechanism?: (typeof saslMechanisms)[number];
}

/** Properties that only a route to a queue has, and must have. */
export const queueMembers = {
  nats: ['subject'],
  amqp: ['exchange', 'routingKey'],
  kafka: ['topic'],
} as const satisfies {
  nats: readonly (keyof NatsTarget)[];
  amqp: readonly (keyof AmqpTarget)[];
  kafka: readonly (keyof KafkaTarget)[];
};

type QueueKind = keyof typeof queueMembers;

const queueOf: Readonly<Record<string, QueueKind>> = {
  'nats:': 'nats',
  'tls:': 'nats',
  'amqp:': 'amqp',
  'amqps:': 'amqp',
  'kafka:': 'kafka',
  'kafkas:': 'kafka',
};

/** Kind of the queue that the scheme of a URL names; `undefined` if it names none. */
export function queueOfUrl(url: string): QueueKind | undefined {
  return queueOf[/^[a-z]+:/i.exec(url)?.[0].toLowerCase() ?? ''];
}

/** One URL for each broker that the URL of a Kafka cluster lists. Any other URL names one broker. */
export function brokerUrls(url: string): string[] {
  const [, start, brokers = '', end = ''] = /^(kafkas?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/is.exec(url) ?? [];
  return start ? brokers.split(',').map((broker) => `${start}${broker}${end}`) : [url];
}

/** What is wrong with the URL of a queue; `undefined` if it is acceptable. Never quotes the URL. */
export function problemOfQueueUrl(text: string): string | undefined {
  const problems = brokerUrls(text).map((broker) => problemOfBrokerUrl(broker, queueOfUrl(text)));
  return problems.find(Boolean);
}

function problemOfBrokerUrl(text: string, queue: QueueKind | undefined): string | undefined {
  if (!URL.canParse(text)) return 'must name a host, and may name a port up to 65535.';
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
  if (queue !== 'amqp' && url.pathname.length > 1) return 'must have no path.';
  return segments > 1 ? 'must have one virtual host as its path. Write / in its name as %2F.' : undefined;
}

/** What is wrong with a subject to publish to; `undefined` if it is acceptable. */
export function problemOfSubject(text: string): string | undefined {
  return /^[^\s.*>]+(\.[^\s.*>]+)*$/.test(text)
    ? undefined
    : 'must be a subject without spaces and wildcards, such as callbacks.partner.';
}

/** What is wrong with the name of a topic; `undefined` if it is acceptable. */
export function problemOfTopic(text: string): string | undefined {
  return /^(?!\.{1,2}$)[\w.-]{1,249}$/.test(text)
    ? undefined
    : 'must be a topic of letters, digits, ., - and _, at most 249.';
}

const maxNameBytes = 255;

/** What is wrong with the name of an exchange or a routing key; `undefined` if it is acceptable. */
export function problemOfAmqpName(text: string): string | undefined {
  return Buffer.byteLength(text) > maxNameBytes ? `must have at most ${maxNameBytes} bytes.` : undefined;
}
