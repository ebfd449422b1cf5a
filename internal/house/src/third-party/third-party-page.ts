import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import type { ProductionPackage } from './production-packages.ts';

/** The text of THIRD-PARTY.md: for each published package, what an installation brings along. */
export function thirdPartyPage(
  installations: readonly (readonly [string, readonly ProductionPackage[]])[],
): string {
  const sections = installations.map(([name, packages]) => {
    const others = packages.filter((each) => each.name !== name);
    if (others.length === 0) return `## ${name}\n\nNothing.\n`;
    const rows = others.map(({ name, version, license = 'none' }) => [`\`${name}\``, version, license]);
    return `## ${name}\n\n${markdownTable(['package', 'version', 'licence'], rows)}\n`;
  });
  return `# What our packages bring along

Each list shows what an installation of one of our packages adds in production, in the versions that our tests run with.
Optional peers are not listed. \`npm run third-party\` writes this page from package-lock.json. A test refuses a licence
that is not permissive. \`npm run sbom\` writes the same lists as CycloneDX documents, which each release includes.

${sections.join('\n')}`;
}
