import { compareContracts } from './compare/compare-contracts.ts';
import { highestImpact } from './impact/impact.ts';
import { type RatedChange, rateChanges } from './impact/rated-change.ts';
import { compareVersions, versionAfter } from './version.ts';

/** A contract, bundled. */
export interface Bundle {
  readonly info: { readonly version: string };
}

/** What became of a contract since its last release. */
export interface Verdict {
  readonly changes: readonly RatedChange[];
  /** Version of the last release. */
  readonly released: string;
  /** Version that the contract has now. */
  readonly version: string;
  /** Lowest version that the changes allow. */
  readonly needed: string;
  readonly passes: boolean;
}

/** Judges a contract by its last release: it passes if its version was raised as its changes ask for. */
export function judgeContract(release: Bundle, contract: Bundle): Verdict {
  const changes = rateChanges(compareContracts(release, contract));
  const released = release.info.version;
  const { version } = contract.info;
  const needed = versionAfter(released, highestImpact(changes.map(({ impact }) => impact)));
  return { changes, released, version, needed, passes: compareVersions(version, needed) >= 0 };
}

/** Why a contract does not pass: each change that asks for a higher version than it has, and what to do. */
export function explainRefusal({ changes, released, version, needed }: Verdict): string {
  const reasons = changes.filter(
    ({ impact }) => compareVersions(version, versionAfter(released, impact)) < 0,
  );
  return [
    `info.version is ${version}. What changed since ${released} needs at least ${needed}:`,
    ...reasons.map(
      ({ impact, direction, kind, detail, places, pointer, because }) =>
        `- ${impact}, ${direction} of ${places.join(', ') || 'all'}: ${kind.replaceAll('-', ' ')} (${detail})\n` +
        `  at ${pointer}\n  ${because}`,
    ),
    `Take the changes back, or set info.version in openapi.yaml to ${needed}.`,
  ].join('\n');
}
