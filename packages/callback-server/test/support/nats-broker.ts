import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { requireTool } from '@partner-ecosystem/testing/require-tool';
import { onTestFinished } from 'vitest';

/** A user whose password needs percent-encoding in a URL. */
const user = 'app';
const pass = 'not/a real@password';
const userOnly = `users: [{ user: "${user}", password: "${pass}",
  permissions: { publish: { deny: ["forbidden.>"] } } }]`;

/** Starts nats-server with JetStream. It ends at the end of the test. */
export async function startNatsBroker({ settings = '', authorization = userOnly } = {}) {
  requireTool('nats-server');
  const folder = mkdtempSync(join(tmpdir(), 'nats-'));
  let output = '';
  let child: ChildProcess | undefined;
  let port = -1;

  const start = async () => {
    const configuration = join(folder, 'nats.conf');
    writeFileSync(
      configuration,
      `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${folder}" }\nauthorization { ${authorization} }\n${settings}`,
    );
    const started = spawn('nats-server', ['-DV', '-c', configuration], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    output = '';
    const ready = Promise.withResolvers<void>();
    started.once('exit', () => ready.reject(new Error(`nats-server ended: ${output}`)));
    started.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Server is ready')) ready.resolve();
    });
    await ready.promise;
    port = Number(/Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(output)?.[1]);
  };
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });
  await start();

  /** Connects as another program does, for the time of one use. */
  const connectToBroker = () => {
    const [, token] = /^token: "(.*)"$/.exec(authorization) ?? [];
    return connect({ servers: `127.0.0.1:${port}`, ...(token ? { token } : { user, pass }) });
  };
  const use = async <Result>(
    action: (connection: Awaited<ReturnType<typeof connect>>) => Promise<Result>,
  ) => {
    const connection = await connectToBroker();
    try {
      return await action(connection);
    } finally {
      await connection.close();
    }
  };
  return {
    /** URL with the right credentials. */
    url: `nats://${user}:${encodeURIComponent(pass)}@127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    start,
    stop,
    /** The process does nothing until it is continued. */
    suspend: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    /** Number of lines in the log of the present process that contain a text. */
    logged: (text: string) => output.split('\n').filter((line) => line.includes(text)).length,
    connect: connectToBroker,
    addStream: (subject: string, limits: { max_msg_size?: number } = {}) =>
      use(async (connection) => {
        const manager = await jetstreamManager(connection);
        await manager.streams.add({ name: 'callbacks', subjects: [subject], ...limits });
      }),
    /** The messages that the stream stores, oldest first. */
    messages: () =>
      use(async (connection) => {
        const stream = await jetstream(connection).streams.get('callbacks');
        const { state } = await stream.info();
        const sequences = Array.from({ length: state.messages }, (_, index) => state.first_seq + index);
        const stored = await Promise.all(sequences.map((seq) => stream.getMessage({ seq })));
        return stored.map((message) => ({
          body: Buffer.from(message?.data ?? []).toString(),
          header: (name: string) => message?.header.get(name),
        }));
      }),
  };
}
