import { table } from '../markdown/table.ts';

/** The released versions with docs of their own. */
export function versionsTable(versions: readonly string[]): string {
  if (versions.length === 0) return 'No release has docs of its own yet.';
  const rows = versions.map((version) => [
    version,
    `[Docs of ${version}](/v/${version}/)`,
    `[openapi.json](/v/${version}/openapi.json)`,
    `[llms.txt](/v/${version}/llms.txt)`,
  ]);
  return table(['version', 'docs', 'contract', 'for programs'], rows);
}
