import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';

/** What the broker refuses, with the codes of Kafka's protocol. 0 refuses nothing. */
interface KafkaScript {
  readonly metadata?: number;
  readonly produce?: number;
  readonly handshake?: number;
  readonly authenticate?: number;
  /** Without it the broker has no TLS. */
  readonly identity?: { readonly key: string; readonly certificate: string };
}

/** The requests that the broker responds to, by their keys in the protocol, each in one version. */
const requestNames: Readonly<Record<number, readonly [name: string, version: number]>> = {
  0: ['produce', 7],
  3: ['metadata', 5],
  17: ['handshake', 1],
  18: ['apiVersions', 1],
  36: ['authenticate', 0],
};
const topic = 'callbacks';

/** Starts a broker of one topic with one partition, which refuses what a script says. Ends at the end of the test. */
export async function startScriptedKafka(script: KafkaScript = {}) {
  const requests: { readonly name: string; readonly content: Buffer }[] = [];
  const sockets = new Set<Socket>();
  let port = 0;

  const responseTo = (request: Buffer): Buffer => {
    const [key, version] = [request.readInt16BE(0), request.readInt16BE(2)];
    const [name = 'unknown', supported] = requestNames[key] ?? [];
    // The header ends with the client's name. In newer versions, an empty list of tags follows.
    const content = request.subarray(10 + request.readInt16BE(8));
    requests.push({ name, content });
    // 35 is the code of an unsupported version, after which a client tries an older version.
    return name === 'apiVersions' && version !== supported
      ? join(int16(35), int32(0))
      : (bodies[name]?.() ?? join());
  };
  const bodies: Readonly<Record<string, () => Buffer>> = {
    apiVersions: () => {
      const supported = Object.entries(requestNames).map(([key, [, version]]) =>
        join(int16(Number(key)), int16(version), int16(version)),
      );
      return join(int16(0), list(...supported), int32(0));
    },
    handshake: () => join(int16(script.handshake ?? 0), list(text('PLAIN'))),
    authenticate: () => join(int16(script.authenticate ?? 0), int16(-1), int32(0)),
    metadata: () => {
      const broker = join(int32(1), text('localhost'), int32(port), int16(-1));
      const partition = join(int16(0), int32(0), int32(1), list(int32(1)), list(int32(1)), list());
      const partitions = script.metadata ? list() : list(partition);
      const described = join(int16(script.metadata ?? 0), text(topic), Buffer.from([0]), partitions);
      return join(int32(0), list(broker), int16(-1), int32(1), list(described));
    },
    produce: () => {
      const offsets = Buffer.alloc(24);
      const partition = join(int32(0), int16(script.produce ?? 0), offsets);
      return join(list(join(text(topic), list(partition))), int32(0));
    },
  };
  const serve = (socket: Socket) => {
    sockets.add(socket);
    let received: Buffer = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received = join(received, chunk);
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE()) {
        const request = received.subarray(4, 4 + received.readInt32BE());
        received = received.subarray(4 + request.length);
        const response = join(request.subarray(4, 8), responseTo(request));
        socket.write(join(int32(response.length), response));
      }
    });
  };
  const { identity } = script;
  const server = identity
    ? createTlsServer({ key: identity.key, cert: identity.certificate }, serve)
    : createServer(serve);
  server.on('tlsClientError', () => {});
  server.listen(0, 'localhost');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo); // A server that listens on a port has no other kind of address.
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    topic,
    host: `localhost:${port}`,
    /** What the requests of one kind contain. */
    requests: (kind: string) => requests.flatMap(({ name, content }) => (name === kind ? [content] : [])),
  };
}

const join = (...parts: readonly Buffer[]): Buffer => Buffer.concat(parts);

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

const text = (value: string): Buffer => join(int16(value.length), Buffer.from(value));

const list = (...items: readonly Buffer[]): Buffer => join(int32(items.length), ...items);
