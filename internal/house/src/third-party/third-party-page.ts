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

The packages that an installation of ours adds in production, in the versions that our tests run with. Optional peers are
not listed. \`npm run third-party\` writes this page from package-lock.json, and a test refuses a licence that is not
permissive. \`npm run sbom\` writes the same as CycloneDX documents, which each release has among its files.

${sections.join('\n')}`;
}
