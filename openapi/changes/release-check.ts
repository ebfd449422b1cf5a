import { compareContracts } from './compare/compare-contracts.ts';
import { rateChanges } from './impact/change.ts';
import { highestImpact } from './impact/impact.ts';
import { compareVersions, nextVersion } from './version.ts';

/** A bundled contract. */
export interface Bundle {
  readonly info: { readonly version: string };
}

/** The changes of a contract since its last release, and whether its version allows them. */
export type ReleaseCheck = ReturnType<typeof checkRelease>;

/** Compares a contract with its last release. The check passes if `info.version` is at least the required version. */
export function checkRelease(release: Bundle, contract: Bundle) {
  const changes = rateChanges(compareContracts(release, contract));
  const released = release.info.version;
  const { version } = contract.info;
  // The lowest version that the changes allow.
  const required = nextVersion(released, highestImpact(changes.map(({ impact }) => impact)));
  return { changes, released, version, required, passes: compareVersions(version, required) >= 0 };
}

/** Explains a failed check: each change that needs a higher version, and the remedy. */
export function explainFailure({ changes, released, version, required }: ReleaseCheck): string {
  const causes = changes.filter(({ impact }) => compareVersions(version, nextVersion(released, impact)) < 0);
  return [
    `info.version is ${version}. The changes since ${released} need at least ${required}:`,
    ...causes.map(
      ({ impact, direction, kind, detail, targets, pointer, reason }) =>
        `- ${impact}, ${direction} of ${targets.join(', ') || 'all'}: ${kind.replaceAll('-', ' ')} (${detail})\n` +
        `  at ${pointer}\n  ${reason}`,
    ),
    `Revert the changes, or set info.version in openapi.yaml to ${required}.`,
  ].join('\n');
}
