import { isIP } from 'node:net';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import { messageHeaders, type OpenQueue, type QueueConnection } from './queue-connection.ts';
import { brokerUrls, type KafkaTarget } from './queue-target.ts';

const defaultPort = 9092;

/** Milliseconds after which the leaders of a topic's partitions are asked for again. */
const leadersAgeMs = 5000;

const topicNotFound = 'topic not found';
const tooLarge = 'message is larger than the topic allows';
const notPermitted = 'not permitted to publish to the topic';

/** What errors of the protocol mean, by their names. */
const protocolProblems: Readonly<Record<string, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: topicNotFound,
  MESSAGE_TOO_LARGE: tooLarge,
  RECORD_LIST_TOO_LARGE: tooLarge,
  TOPIC_AUTHORIZATION_FAILED: notPermitted,
  CLUSTER_AUTHORIZATION_FAILED: notPermitted,
  SASL_AUTHENTICATION_FAILED: 'broker refuses the credentials',
  UNSUPPORTED_SASL_MECHANISM: 'broker refuses the SASL mechanism',
};

/** The client's own errors have no distinct codes. The beginnings of their messages tell them apart. */
const clientProblems: readonly (readonly [RegExp, string])[] = [
  [/^Unknown topic /, topicNotFound],
  [/^Broker requires TLS/, 'broker requires TLS'],
  [/^Request timed out/, 'timeout of the response'],
  [/^Connection .*timed out/, 'timeout of the connection'],
  [/^(Out of bounds|Unsupported API|No usable implementation)/, 'response is not from Kafka'],
];

/** Loads the client of Kafka. Rejects if its package is not installed. */
export async function loadKafka(target: KafkaTarget): Promise<OpenQueue> {
  const { Producer, ProduceAcks, compatibilityPartitioner } = await import('@platformatic/kafka');
  const { topic } = target;
  return async (timeoutMs): Promise<QueueConnection> => {
    const producer = new Producer(producerOptions(target, timeoutMs));
    // An `error` event without a listener would end the process. The request fails by itself.
    producer.connections.on('connecting', ({ connection }) => connection.on('error', () => {}));
    const closed = Promise.withResolvers<void>();
    const close = async () => {
      await producer.close().catch(() => {});
      closed.resolve();
    };
    let isStale = false;

    const partitionOf = async (key: Buffer): Promise<number> => {
      const wanted = { topics: [topic], forceUpdate: isStale, metadataMaxAge: leadersAgeMs };
      const { topics, brokers } = await producer.metadata(wanted);
      isStale = false;
      const partitions = topics.get(topic)?.partitions ?? [];
      // The partitioner of Kafka's own clients: their messages with this key have the same partition.
      const partition = compatibilityPartitioner({ topic }, key) % partitions.length;
      const leader = brokers.get(partitions[partition]?.leader ?? -1);
      if (!leader) throw new DeliveryRefusedError('partition has no leader');
      await producer.connections.get(leader);
      return partition;
    };

    try {
      await producer.metadata({ topics: [topic] });
    } catch (error) {
      await close();
      throw reasonOf(error, 'connection closed without a response of Kafka');
    }
    return {
      publish: async (callback, signal) => {
        try {
          const key = Buffer.from(callback.orderKey);
          const partition = await partitionOf(key);
          signal.throwIfAborted();
          await producer.send({
            messages: [messageOf(callback, { topic, key, partition })],
            acks: ProduceAcks.ALL,
          });
        } catch (error) {
          isStale = true;
          throw reasonOf(error, 'connection to the broker lost');
        }
      },
      closed: closed.promise,
      close,
    };
  };
}

function messageOf(
  callback: Parameters<QueueConnection['publish']>[0],
  place: { readonly topic: string; readonly key: Buffer; readonly partition: number },
) {
  const { callbackId, body } = callback;
  const headers = {
    'Callback-Id': callbackId,
    'Content-Type': 'application/json',
    ...messageHeaders(callback),
  };
  return {
    ...place,
    value: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    headers: new Map(Object.entries(headers).map(([name, value]) => [Buffer.from(name), Buffer.from(value)])),
  };
}

/** @param closed - What it means that the connection was closed. */
function reasonOf(error: unknown, closed: string): unknown {
  const problem = problemOf(error, closed);
  return problem === undefined ? error : new DeliveryRefusedError(problem);
}

/** What the innermost known error says. The client wraps the errors of the protocol, of brokers and of sockets. */
function problemOf(error: unknown, closed: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const inner of [error.cause, ...(error instanceof AggregateError ? error.errors : [])]) {
    const problem = problemOf(inner, closed);
    if (problem) return problem;
  }
  if ('apiId' in error) return protocolProblems[String(error.apiId)] ?? `broker responds ${error.apiId}`;
  if (/^(Connection|Connection pool is|Client is) closed/.test(error.message)) return closed;
  return clientProblems.find(([beginning]) => beginning.test(error.message))?.[1];
}

function producerOptions({ url, mechanism }: KafkaTarget, timeoutMs: number) {
  const brokers = brokerUrls(url).map((broker) => new URL(broker));
  const bootstrapBrokers = brokers.map(({ hostname, port }) => ({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || defaultPort),
  }));
  const [{ protocol, username, password } = new URL(url)] = brokers;
  return {
    clientId: 'callback-server',
    bootstrapBrokers,
    connectTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    timeout: timeoutMs,
    autocreateTopics: false,
    // The next attempt repeats what failed. A retry of the client could outlast the attempt.
    retries: 0,
    repeatOnStaleMetadata: false,
    // Only `partitionOf` asks for leaders: what `send` waits for could outlast the attempt.
    metadataMaxAge: Number.POSITIVE_INFINITY,
    ...((username || mechanism) && {
      sasl: {
        mechanism: mechanism ?? 'PLAIN',
        username: decodeURIComponent(username),
        password: decodeURIComponent(password),
      },
    }),
    ...(protocol === 'kafkas:' && {
      tls: {},
      // TLS sends the names of hosts, and no addresses.
      tlsServerName: bootstrapBrokers.every(({ host }) => !isIP(host)),
    }),
  };
}
