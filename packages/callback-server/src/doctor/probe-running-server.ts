import type { Finding } from './finding.ts';

const timeoutMs = 10_000;
const anyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Where a server of ours listens, if one runs. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * What a running server says of the database that it has to itself.
 *
 * @param problem - Why we cannot open it ourselves: all that there is to say where no server answers.
 */
export async function probeRunningServer({ host, port }: ServerAddress, problem: string): Promise<Finding> {
  const address = anyAddress.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  try {
    const { status } = await fetch(`http://${address}:${port}/health/ready`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    return status === 200
      ? found('ok', `is held by the server at port ${port}, whose writes succeed`)
      : found('failure', `is held by the server at port ${port}, which is not ready. Look at its log`);
  } catch {
    return found('failure', problem);
  }
}

function found(level: Finding['level'], message: string): Finding {
  return { check: 'database', level, message };
}
