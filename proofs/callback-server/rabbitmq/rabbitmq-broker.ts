import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { requireTool } from '@partner-ecosystem/testing/require-tool';

/** Programs of the Debian package that run as the present user. */
const programs = '/usr/lib/rabbitmq/bin';

async function freePort(): Promise<number> {
  const { port, close } = await listenOnFreePort(createServer());
  await close();
  return port;
}

/** Starts RabbitMQ with its files in a temporary folder, on free ports of this machine. */
export async function startRabbitMq() {
  requireTool('rabbitmq-server');
  const folder = mkdtempSync(join(tmpdir(), 'rabbitmq-'));
  const [port, nodePort, mapperPort] = [await freePort(), await freePort(), await freePort()];
  const configuration = join(folder, 'rabbitmq.conf');
  writeFileSync(
    configuration,
    `listeners.tcp.1 = 127.0.0.1:${port}\ndefault_user = app\ndefault_pass = not/a real@password\nmax_message_size = 65536\n`,
  );
  for (const name of ['home', 'database', 'log']) mkdirSync(join(folder, name));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: join(folder, 'home'),
    RABBITMQ_MNESIA_BASE: join(folder, 'database'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: configuration,
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_NODENAME: 'callback-server@localhost',
    RABBITMQ_DIST_PORT: String(nodePort),
    // Erlang's port mapper outlives the broker, so this broker has its own.
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  let child: ChildProcess | undefined;

  const start = async () => {
    child = spawn(join(programs, 'rabbitmq-server'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await startupOf(child);
  };
  const control = (...command: string[]) =>
    execFileSync(join(programs, 'rabbitmqctl'), command, { env, encoding: 'utf8' });
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    control('stop');
    await exit;
  };
  await start();
  return {
    /** URL with the right credentials. */
    url: `amqp://app:${encodeURIComponent('not/a real@password')}@127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    start,
    stop,
    control,
    /** Ends the broker, and removes its files. */
    remove: async () => {
      await stop();
      execFileSync('epmd', ['-port', String(mapperPort), '-kill'], { stdio: 'ignore' });
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves when the broker has started. */
function startupOf(broker: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let output = '';
  broker.once('exit', () => reject(new Error(`rabbitmq-server ended: ${output}`)));
  broker.stdout?.on('data', (chunk: Buffer) => {
    output += chunk;
    if (output.includes('Server startup complete')) resolve();
  });
  return promise;
}
