import { execFileSync } from 'node:child_process';

/** Addresses of the proof's network. The provider has one address for its namespace, and one for its service. */
export const clientAddress = '10.9.0.1';
export const routerAddress = '10.9.0.2';
export const serviceAddress = '10.9.9.1';

/** Names of the two ends of the cable between the namespaces. */
export const cable = { client: 'client', provider: 'provider' };

/** Runs the command `ip` in the namespace of this process. */
export function ip(command: string): void {
  execFileSync('ip', command.split(' '), { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Sets a parameter of the kernel in the namespace of this process. */
export function sysctl(setting: string): void {
  execFileSync('sysctl', ['-qw', setting], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Lets the process that started this process run steps by their name. The result of each step is sent back. */
export function takeSteps(steps: Readonly<Record<string, () => unknown>>): void {
  process.on('message', async (name: string) => process.send?.({ name, result: await steps[name]?.() }));
  process.on('disconnect', () => process.exit());
}
