import { execFileSync } from 'node:child_process';

/** What some tables and benches need of the machine, and the Debian package that brings it. */
const packages = { gcc: 'gcc libc6-dev', 'g++': 'g++', strace: 'strace' } as const;

/**
 * Makes sure that a program is there: found, or installed from Debian's packages where we are root.
 *
 * @throws Error that says what to install. What cannot run must not look as if it had.
 */
export function requireTool(name: keyof typeof packages): void {
  if (isThere(name)) return;
  if (process.getuid?.() === 0 && isThere('apt-get'))
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', ...packages[name].split(' ')]);
  if (!isThere(name))
    throw new Error(
      `This needs ${name}, on Linux. Install it, on Debian with: apt-get install ${packages[name]}`,
    );
}

function isThere(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
