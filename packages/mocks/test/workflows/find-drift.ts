import { readFile } from 'node:fs/promises';
import { runRedocly } from '@partner-ecosystem/redocly';

/** How recorded exchanges differ from a description. */
export interface Drift {
  /** Exchanges that the description knows. */
  readonly known: number;
  /** Those with the same server that it does not know. */
  readonly unknown: number;
  readonly findings: readonly string[];
}

interface Report {
  readonly run: { readonly documentedExchanges: number; readonly undocumentedExchanges: number };
  readonly problems: readonly { readonly message: string; readonly operationId?: string }[];
}

/** Holds the exchanges with one server to its description. */
export async function findDrift(
  harFile: string,
  description: string,
  server: string,
  folder: string,
): Promise<Drift> {
  const reportFile = `${harFile}.drift.json`;
  await runRedocly(
    ['drift', harFile, '--api', description, '--server', server, '--format', 'json', '--output', reportFile],
    folder,
  );
  const { run, problems } = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
  const findings = problems.map(({ operationId, message }) => `${operationId}: ${message}`);
  return { known: run.documentedExchanges, unknown: run.undocumentedExchanges, findings };
}
