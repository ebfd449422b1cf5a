import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cable } from './network.ts';

const creates = 20;

/**
 * Lets a real kernel report ICMP "host unreachable" on kept connections, after the provider has stored what was sent on
 * them. Needs two network namespaces, and so root on Linux; elsewhere the proof says that it was skipped.
 *
 * @returns Whether no create was repeated, and none was called "not carried out".
 */
export async function proveUnreachable(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.log('unreachable host: SKIPPED, because network namespaces need root on Linux');
    return true;
  }
  await using provider = startNamespace('provider-namespace.ts');
  await using client = startNamespace('client-namespace.ts');
  // A process has its namespace only when it responds.
  await Promise.all([provider.take('ready'), client.take('ready')]);
  const ends = ['netns', provider.pid, 'type', 'veth', 'peer', 'name', cable.client, 'netns', client.pid];
  execFileSync('ip', ['link', 'add', cable.provider, ...ends.map(String)]);
  await provider.take('connect');
  await client.take('connect');
  await client.take('warm');
  await provider.take('lose');
  await client.take('create');
  await provider.take('restore');
  const outcomes = (await client.take('report')) as string[];
  const stored = (await provider.take('report')) as string[];
  console.log(`unreachable host: ${creates} creates on kept connections, ${stored.length} stored`);
  console.log(`  calls ended    ${[...new Set(outcomes)].join(', ')}`);
  return stored.length === creates && outcomes.every((end) => end.startsWith('OutcomeUnknownError'));
}

interface Namespace extends AsyncDisposable {
  readonly pid: number;
  /** Resolves to the result of a step. */
  take(step: string): Promise<unknown>;
}

/** Runs a program in a network namespace of its own. */
function startNamespace(program: string): Namespace {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child: ChildProcess = spawn('unshare', ['-n', process.execPath, file, String(creates)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    async take(step) {
      const message = once(child, 'message');
      child.send(step);
      const died = exited.then(() => {
        throw new Error(`${program} ended before its step ${step}.`);
      });
      const [{ result }] = (await Promise.race([message, died])) as [{ result: unknown }];
      return result;
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await exited;
    },
  };
}
