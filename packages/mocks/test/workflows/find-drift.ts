import { readFile } from 'node:fs/promises';
import { runRedocly } from '@partner-ecosystem/redocly';

/** The differences between recorded exchanges and a description. */
export interface Drift {
  /** Number of exchanges that the description contains. */
  readonly known: number;
  /** Number of exchanges with the same server that the description does not contain. */
  readonly unknown: number;
  readonly findings: readonly string[];
}

interface Report {
  readonly run: { readonly documentedExchanges: number; readonly undocumentedExchanges: number };
  readonly problems: readonly { readonly message: string; readonly operationId?: string }[];
}

/** Compares the exchanges with one server with its description. */
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
