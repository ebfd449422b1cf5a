import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { requireTool } from '@partner-ecosystem/testing/require-tool';
import { expect, onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

const run = promisify(execFile);

/** What `kcat` writes of a message. */
interface KafkaMessage {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly payload: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/**
 * Starts the mock cluster of librdkafka, with one broker. The cluster creates each topic with four partitions, and forgets
 * all messages when it stops. The broker has another port at each start. Programs connect to a proxy whose port stays,
 * and learn the port of the broker there. The cluster ends at the end of the test.
 */
export async function startKafkaBroker() {
  requireTool('kcat');
  let child: ChildProcess | undefined;
  let output = '';
  let brokerPort = 0;
  let entrance: Server | undefined;
  let port = 0;

  const start = async () => {
    // The producer that starts the cluster waits for a first message, which never comes.
    const started = spawn(
      'kcat',
      ['-P', '-b', 'unused:1', '-t', 'unused', '-X', 'test.mock.num.brokers=1', '-d', 'mock'],
      { stdio: ['pipe', 'ignore', 'pipe'] },
    );
    child = started;
    output = '';
    const ready = Promise.withResolvers<void>();
    started.once('exit', () => ready.reject(new Error(`kcat ended: ${output}`)));
    started.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
      brokerPort = Number(/bootstrap\.servers=127\.0\.0\.1:(\d+)\D/.exec(output)?.[1] ?? 0);
      if (brokerPort) ready.resolve();
    });
    await ready.promise;
    entrance = createServer((socket) => {
      const broker = connect(brokerPort, '127.0.0.1');
      // The end of either connection ends the other.
      pipeline(socket, broker, socket, () => {});
    });
    entrance.listen(port, '127.0.0.1');
    await once(entrance, 'listening');
    ({ port } = entrance.address() as AddressInfo); // A server that listens on a port has no other kind of address.
  };
  const stop = async () => {
    entrance?.close();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(stop);
  await start();

  return {
    url: `kafka://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    start,
    stop,
    /** The process does nothing until it is continued. Resolves when all of its threads have stopped. */
    suspend: async () => {
      child?.kill('SIGSTOP');
      const threads = `/proc/${child?.pid}/task`;
      const stateOf = (thread: string) =>
        /^State:\s+(\w)/m.exec(readFileSync(`${threads}/${thread}/status`, 'utf8'))?.[1];
      await eventually(() => expect(new Set(readdirSync(threads).map(stateOf))).toEqual(new Set('T')));
    },
    resume: () => void child?.kill('SIGCONT'),
    /** Number of lines in the log of the present process that contain a text. */
    logged: (text: string) => output.split('\n').filter((line) => line.includes(text)).length,
    /** The messages of a topic, oldest first in each partition. */
    messages: async (topic: string) => {
      const from = ['-C', '-b', `127.0.0.1:${brokerPort}`, '-t', topic, '-o', 'beginning', '-e', '-J', '-q'];
      const { stdout } = await run('kcat', from);
      const messages = stdout.split('\n').filter(Boolean).map(parseMessage);
      return messages.map(({ headers, ...message }) => ({
        ...message,
        header: (name: string) => headers[headers.indexOf(name) + 1],
      }));
    },
  };
}

function parseMessage(line: string): KafkaMessage {
  return JSON.parse(line) as KafkaMessage; // kcat writes these properties.
}
