import { type Finding, failure, ok } from './finding.ts';

const timeoutMs = 10_000;
const anyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Where a running server would listen. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Asks the running server about the database that it has open.
 *
 * @param problem - Why the database cannot be opened here: the finding if no server responds.
 */
export async function probeRunningServer({ host, port }: ServerAddress, problem: string): Promise<Finding> {
  const address = anyAddress.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  try {
    const { status } = await fetch(`http://${address}:${port}/health/ready`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    return status === 200
      ? ok(`is open in the server at port ${port}, whose writes succeed`)
      : failure(`is open in the server at port ${port}, which is not ready. Check its log`);
  } catch {
    return failure(problem);
  }
}
