import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createIdentity, type TlsIdentity } from '@partner-ecosystem/testing/create-identity';
import { findFreePorts } from '@partner-ecosystem/testing/find-free-ports';

export const proxies = ['nginx', 'caddy'] as const;

/** A real proxy with the configuration of this folder, in front of receivers. */
export interface RunningProxy {
  readonly port: number;
  readonly certificate: string;
  /** Everything that the proxy has written: its logs and its output. */
  logged(): string;
  stop(): Promise<void>;
}

/** What replaces the example values of a configuration. */
interface Setup {
  readonly folder: string;
  readonly port: number;
  readonly identity: TlsIdentity;
  /** Hosts and ports of the receivers. */
  readonly receivers: readonly string[];
}

const shippedReceiver = '127.0.0.1:4020';
const read = (name: string) => readFileSync(new URL(`../proxies/${name}`, import.meta.url), 'utf8');

/** Starts a proxy, and waits until it listens. */
export async function runProxy(
  name: (typeof proxies)[number],
  receivers: readonly string[],
): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const identity = createIdentity();
  writeFileSync(join(folder, 'certificate.pem'), identity.certificate);
  writeFileSync(join(folder, 'certificate.key'), identity.key);
  const [port = 0] = await findFreePorts(1);
  const start = { nginx: startNginx, caddy: startCaddy }[name];
  const child = start({ folder, port, identity, receivers });
  await untilListening(child, port);
  return {
    port,
    certificate: identity.certificate,
    logged: () => logsIn(folder),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function startNginx({ folder, port, receivers }: Setup): ChildProcess {
  const shipped = read('nginx.conf');
  const [line = shippedReceiver] = /^ *server 127\.0\.0\.1:4020.*$/m.exec(shipped) ?? [];
  const site = replace(shipped, {
    'listen 443 ssl ': `listen 127.0.0.1:${port} ssl `,
    [line]: receivers.map((receiver) => line.replace(shippedReceiver, receiver)).join('\n'),
    '/etc/nginx/certificates/callbacks.pem': join(folder, 'certificate.pem'),
    '/etc/nginx/certificates/callbacks.key': join(folder, 'certificate.key'),
  });
  writeFileSync(join(folder, 'site.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(folder, kind)};`,
  );
  // Includes the site as Debian's nginx.conf does, and writes the same logs.
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')} info;
events {}
http { access_log ${join(folder, 'access.log')}; ${temporary.join(' ')} include ${join(folder, 'site.conf')}; }`,
  );
  return run(folder, 'nginx', ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]);
}

function startCaddy({ folder, port, receivers }: Setup): ChildProcess {
  const certificate = `tls ${join(folder, 'certificate.pem')} ${join(folder, 'certificate.key')}`;
  const site = replace(read('Caddyfile'), {
    'callbacks.example.com {': `https://localhost:${port} {\n${certificate}\n`,
    '\t# The URL contains the token, and these': '\tadmin off\n\tauto_https disable_redirects\n\t# These',
    'reverse_proxy 127.0.0.1:4020 {': `reverse_proxy ${receivers.join(' ')} {`,
  });
  writeFileSync(join(folder, 'Caddyfile'), site);
  return run(folder, 'caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]);
}

/** Replaces what differs on this machine. The rest of the configuration stays as it is. */
function replace(text: string, changes: Readonly<Record<string, string>>): string {
  let changed = text;
  for (const [from, to] of Object.entries(changes)) {
    if (changed.split(from).length !== 2) throw new Error(`The configuration must contain "${from}" once.`);
    changed = changed.replace(from, () => to);
  }
  return changed;
}

function run(folder: string, command: string, args: readonly string[]): ChildProcess {
  const output = openSync(join(folder, 'output.log'), 'a');
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(command, args, { stdio: ['ignore', output, output], env });
  closeSync(output);
  return child;
}

function logsIn(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.log'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** Resolves when the port accepts connections. @throws Error if the proxy ends before then. */
async function untilListening(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
    await setTimeout(20);
  }
  throw new Error(`${child.spawnfile} ended with ${child.exitCode}. Its configuration is not valid.`);
}
