import { execFileSync } from 'node:child_process';

/** The Debian packages that bring the programs which some tests, tables and benches need. */
const packages = {
  gcc: 'gcc libc6-dev',
  'g++': 'g++',
  strace: 'strace',
  'nats-server': 'nats-server',
  kcat: 'kcat',
  'rabbitmq-server': 'rabbitmq-server',
  nginx: 'nginx-light',
  caddy: 'caddy',
  promtool: 'prometheus',
  'systemd-analyze': 'systemd',
} as const;

/** Seconds to wait for another process that installs packages. */
const lockTimeout = 'DPkg::Lock::Timeout=300';

/** Where Debian installs servers. Only root's `PATH` has these folders. */
const serverFolders = '/usr/sbin:/sbin';

/**
 * Makes sure that a program is installed, and that this process finds it. As root on Debian, installs a missing program.
 *
 * @throws Error that says what to install: a table that cannot run must not seem to have passed.
 */
export function requireTool(name: keyof typeof packages): void {
  const { PATH = '' } = process.env;
  if (!PATH.endsWith(serverFolders)) process.env['PATH'] = `${PATH}:${serverFolders}`;
  if (isInstalled(name)) return;
  if (process.getuid?.() === 0 && isInstalled('apt-get'))
    execFileSync(
      'apt-get',
      ['install', '--yes', '--no-install-recommends', '-o', lockTimeout, ...packages[name].split(' ')],
      { stdio: 'ignore' },
    );
  if (!isInstalled(name))
    throw new Error(
      `The program ${name} is missing. Install it on Linux, on Debian with: apt-get install ${packages[name]}`,
    );
}

function isInstalled(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
